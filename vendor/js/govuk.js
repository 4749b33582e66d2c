// The one govuk-frontend script we use, and what starts it; tools/vendor.py bundles both into a module
// that imports nothing, because the served files carry a digest in their names. Its Radios is left
// out: it sets aria-expanded on a radio, which ARIA does not allow there and axe reports.

import { ErrorSummary } from "govuk-frontend";

function start(root) {
  const selector = '[data-module="govuk-error-summary"]';
  const found = [...root.querySelectorAll(selector)];
  if (root.matches(selector)) found.push(root);
  for (const summary of found) {
    if (!summary.hasAttribute("data-govuk-error-summary-init")) new ErrorSummary(summary);
  }
}

document.body.classList.add("govuk-frontend-supported");
start(document.body);
document.addEventListener("htmx:load", (event) => start(event.detail.elt));
