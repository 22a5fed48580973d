// The way to this day in other years. The page does not know today; its list of days does: for each month a hexadecimal
// number whose bit 0 is the first. Where today is no such day, the link leads to all of them, as it does without a script.
{
  const link = document.querySelector("a[data-days]");
  const now = new Date();
  const [month, day] = [now.getMonth() + 1, now.getDate()];
  const days = parseInt(link?.dataset.days.split(" ")[month - 1] ?? "0", 16);
  if (link && Math.floor(days / 2 ** (day - 1)) % 2) {
    link.href += `${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}/`;
    // {month}, or its name: {month:January|February|…}
    link.textContent = link.dataset.found.replace(/\{(month|day)(?::([^}]*))?\}/g, (_, name, names) => {
      const number = name === "month" ? month : day;
      return names === undefined ? String(number) : names.split("|")[number - 1];
    });
  }
}
