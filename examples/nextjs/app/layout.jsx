import "./style.css";

export default function Layout({ children }) {
  return <html lang="vi"><body><main>{children}</main></body></html>;
}
