import { createRoot } from "react-dom/client";
import { Wall } from "./Wall";

createRoot(document.getElementById("wall")!).render(<Wall hall="north" />);
