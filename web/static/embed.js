// What a practice's website loads: <script src=".../embed.js" data-practice="riverside"></script>. A classic script, so that it
// knows the element that loaded it; the rest comes as modules from the same server, under the version that stands below.
// Until they are here, and where scripts are off, the page shows what its author put into the elements.
{
  const { src, dataset } = document.currentScript;
  const practice = dataset.practice;
  import(new URL("embed/VERSION/elements.js", src).href).then(
    (elements) => elements.start(practice),
    () => console.warn(`followthrough: ${src} could not load its modules. Does the Content-Security-Policy allow this server in script-src?`),
  );
}
