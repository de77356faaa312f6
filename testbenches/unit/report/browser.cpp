// SPDX-License-Identifier: Apache-2.0
#include "testbenches/unit/report/browser.h"

#include <fmt/format.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "sw/report/html_text.h"
#include "testbenches/support/program.h"

namespace airnn::test {

namespace {

namespace fs = std::filesystem;

constexpr const char* kSeenBegin = "<script id=\"seen\" type=\"application/json\">";

/// Before everything else of a page, so that no error comes too early.
constexpr const char* kCollectErrors = R"html(<script>
window.errorsSeen = [];
addEventListener('error', (event) => errorsSeen.push(event.message), true);
addEventListener('unhandledrejection', (event) => errorsSeen.push(String(event.reason)));
addEventListener('securitypolicyviolation', (event) => errorsSeen.push('refused: ' + event.blockedURI));
</script>)html";

/// What the script returns goes into the page, which the browser prints when it is done.
constexpr const char* kObserve = R"html(<script>
addEventListener('load', () => {{
  let result = null;
  try {{
    result = (() => {{ {} }})();
  }} catch (error) {{
    errorsSeen.push(String(error));
  }}
  const seen = document.createElement('script');
  seen.id = 'seen';
  seen.type = 'application/json';
  seen.textContent = JSON.stringify({{errors: errorsSeen, result}}).replace(/</g, '\\u003c');
  document.body.append(seen);
}});
</script>)html";

class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "airnn-browser-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) {
      throw std::runtime_error("cannot create a folder for the browser");
    }
    path_ = name;
  }
  ~Folder() {
    std::error_code error;
    fs::remove_all(path_, error);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::string path(const std::string& name) const { return (path_ / name).string(); }

 private:
  fs::path path_;
};

std::string with_inserted(std::string page, const std::string& before, const std::string& what) {
  const std::size_t at = page.rfind(before);
  if (at == std::string::npos) {
    throw std::runtime_error("the page has no " + before);
  }
  return page.insert(at, what);
}

std::string watched(const std::string& page) {
  return with_inserted(page, "<meta charset", kCollectErrors);
}

std::string dump_of(const std::string& page) {
  const Folder folder;
  const std::string file = folder.path("page.html");
  std::ofstream(file, std::ios::binary) << page;
  const ProgramRun run =
      run_program(Browser::program(),
                  {"--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                   "--hide-scrollbars", "--window-size=1200,900", "--virtual-time-budget=10000",
                   "--user-data-dir=" + folder.path("profile"), "--dump-dom", "file://" + file});
  if (run.exit_code != 0) {
    throw std::runtime_error("the browser failed: " + run.err);
  }
  return run.out;
}

}  // namespace

std::string Browser::program() {
  return AIRNN_CHROMIUM;
}

nlohmann::json Browser::run(const std::string& page, const std::string& script) {
  const std::string dump =
      dump_of(with_inserted(watched(page), "</body>", fmt::format(kObserve, script)));
  const std::size_t found = dump.rfind(kSeenBegin);
  if (found == std::string::npos) {
    throw std::runtime_error("the page did not finish loading: " + dump.substr(0, 2000));
  }
  const std::size_t begin = found + std::string(kSeenBegin).size();
  const nlohmann::json seen =
      nlohmann::json::parse(dump.substr(begin, dump.find("</script>", begin) - begin));
  if (!seen.at("errors").empty()) {
    throw std::runtime_error("errors on the page: " + seen.at("errors").dump());
  }
  return seen.at("result");
}

nlohmann::json Browser::run_in_width(const std::string& page, int width,
                                     const std::string& script) {
  // A window of the browser itself cannot be as narrow as a phone.
  const std::string frame = fmt::format(
      "<!DOCTYPE html><html><head><meta charset=\"utf-8\"></head><body>"
      "<iframe style=\"width: {}px; height: 800px; border: 0\" "
      "srcdoc=\"{}\"></iframe></body></html>",
      width, html_escaped(watched(page)));
  return run(frame, fmt::format("const page = document.querySelector('iframe').contentWindow;"
                                "errorsSeen.push(...page.errorsSeen); {}",
                                script));
}

}  // namespace airnn::test
