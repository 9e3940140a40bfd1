// Covers nothing itself: gives every component test a clean page.
import { cleanup } from "@testing-library/react";

afterEach(cleanup);
