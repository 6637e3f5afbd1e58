// Charts that can be explored: a picture gives way to a drawing that tells what is pointed at and is moved along its time.
"use strict";

let coming = null;

// The script that draws is large and is fetched when it is first asked for.
function fetched(address) {
  coming ??= new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = done;
    script.onerror = () => { coming = null; failed(new Error("the script did not come")); };
    document.head.append(script);
  });
  return coming;
}

const isNarrow = matchMedia("(max-width: 40rem)");

async function drawn(figure, picture) {
  const { spec, specSlim, bundle } = figure.dataset;
  const [answer] = await Promise.all([fetch(isNarrow.matches ? specSlim : spec), fetched(bundle)]);
  if (!answer.ok) throw new Error(`the chart did not come: ${answer.status}`);
  const host = document.createElement("div");
  host.className = "live";
  picture.closest("picture").after(host);
  // No script is made of words (ast) and no style is put into the page: its policy forbids both.
  await window.vegaEmbed(host, await answer.json(), {
    renderer: "svg", ast: true, actions: false, defaultStyle: false, tooltip: { disableDefaultStyle: true },
  });
  return host;
}

for (const figure of document.querySelectorAll("figure[data-spec]")) {
  const picture = figure.querySelector("img"), button = figure.querySelector("button.explore");
  let host = null;
  button.hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      host ??= await drawn(figure, picture);
      picture.hidden = !picture.hidden;
      host.hidden = !picture.hidden;
      button.setAttribute("aria-pressed", String(picture.hidden));
    } catch (error) {
      console.error(error);
      button.textContent = "Cannot be explored here";
      return;
    }
    button.disabled = false;
  });
}
