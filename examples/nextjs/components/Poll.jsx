"use client";
import { useRef, useState } from "react";
import { vote } from "../lib/vote.js";

export function Poll({ poll, cms, preview = false, inPanel = false }) {
  const [answer, setAnswer] = useState(null);
  const key = useRef(null);
  const edit = (path) => (inPanel ? path : undefined);

  async function send(event) {
    event.preventDefault();
    const optionIds = new FormData(event.currentTarget).getAll("option");
    key.current ??= crypto.randomUUID(); // the same for a vote that is sent again
    try {
      const found = await vote(cms, { pollId: poll.id, optionIds, idempotencyKey: key.current });
      if (found.errors.length) key.current = null;
      setAnswer(found);
    } catch {
      setAnswer({ errors: [{ message: "Chưa gửi được. Xin thử lại." }] });
    }
  }

  const shown = answer?.poll ?? poll;
  return (
    <form onSubmit={send}>
      <fieldset disabled={preview}>
        <legend data-contentpath={edit("question")}>{poll.question}</legend>
        {shown.options?.map(({ id, text, percent }) => (
          <label key={id} data-contentpath={edit(`options.${id}.text`)}>
            <input type={poll.choices.max === 1 ? "radio" : "checkbox"} name="option" value={id} /> {text}
            {shown.resultsVisible && percent !== null && ` – ${percent} %`}
          </label>
        ))}
        <button>Bình chọn</button>
      </fieldset>
      <p role="status">{answer?.errors[0]?.message ?? (answer?.receipt && `Đã ghi nhận. Mã phiếu: ${answer.receipt}`)}</p>
    </form>
  );
}
