"""Wagtail's pages for people who are not logged in, within the limits of `throttling.py`."""

from __future__ import annotations

from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect
from wagtail.admin.views import account

from cms.accounts import throttling
from cms.accounts.device_cookies import remember_browser
from cms.accounts.forms import LoginForm, too_many
from cms.accounts.resets import send_reset
from cms.accounts.throttling import TooManyAttempts


class LoginView(account.LoginView):
    def form_valid(self, form: LoginForm) -> HttpResponse:
        response = super().form_valid(form)
        digest = throttling.account_digest(form.cleaned_data["username"])
        remember_browser(self.request, response, digest)
        return response

    def form_invalid(self, form: LoginForm) -> HttpResponse:
        response = super().form_invalid(form)
        refusal = getattr(self.request, "refused_sign_in", None)
        return response if refusal is None else refused(response, refusal)


class PasswordResetView(account.PasswordResetView):
    def form_valid(self, form: Form) -> HttpResponse:
        email = form.cleaned_data["email"]
        try:
            throttling.begin(throttling.RESET, account=email, request=self.request)
        except TooManyAttempts as refusal:
            form.add_error(None, too_many(refusal))
            return refused(self.form_invalid(form), refusal)
        # By a worker: how long a mail takes would tell that there is an account to send it to.
        send_reset.enqueue(email, host=self.request.get_host(), secure=self.request.is_secure())
        return HttpResponseRedirect(self.get_success_url())


def refused(response: HttpResponse, refusal: TooManyAttempts) -> HttpResponse:
    response.status_code = 429
    response["Retry-After"] = str(refusal.seconds)
    return response


login = LoginView.as_view()
password_reset = PasswordResetView.as_view()
