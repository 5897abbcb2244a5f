// A link to a line can name a page that does not have it (/read/<document>#L123): go to the page that has.
(() => {
  "use strict";
  const seek = () => {
    const line = /^#L([1-9][0-9]*)$/.exec(location.hash);
    if (line && !document.getElementById(`L${line[1]}`)) {
      location.replace(`${location.pathname}/L${line[1]}`);
    }
  };
  addEventListener("hashchange", seek);
  seek();
})();
