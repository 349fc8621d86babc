(function () {
  "use strict";
  var table = document.getElementById("refused-rows");
  var input = document.getElementById("find");
  if (!table || !input) {
    return;
  }
  var said = document.querySelector("output[for=find]");
  var rows = Array.prototype.slice.call(table.tBodies[0].rows);
  var texts = rows.map(function (row) {
    return Array.prototype.map.call(row.cells, function (cell) {
      return cell.textContent;
    }).join("\n").toLowerCase();
  });

  function filter() {
    var words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    var shown = 0;
    rows.forEach(function (row, i) {
      var fits = words.every(function (word) {
        return texts[i].indexOf(word) >= 0;
      });
      row.hidden = !fits;
      shown += fits ? 1 : 0;
    });
    said.textContent = shown + " of " + rows.length;
  }

  // report.html#find=EUR opens with the filter set
  function readAddress() {
    if (location.hash.indexOf("#find=") === 0) {
      try {
        input.value = decodeURIComponent(location.hash.slice(6));
      } catch (e) {
        input.value = location.hash.slice(6);
      }
      input.scrollIntoView();
    }
    filter();
  }

  input.addEventListener("input", filter);
  window.addEventListener("hashchange", readAddress);
  input.parentNode.hidden = false;
  readAddress();
})();
