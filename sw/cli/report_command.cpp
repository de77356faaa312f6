// SPDX-License-Identifier: Apache-2.0
#include "sw/cli/report_command.h"

#include <memory>

#include "sw/cli/output_path.h"
#include "sw/cli/stop_signal.h"
#include "sw/cli/text_file.h"
#include "sw/format/output_file.h"
#include "sw/report/html_page.h"
#include "sw/report/markdown_page.h"
#include "sw/report/report_reader.h"

namespace airnn {

namespace {

constexpr const char* kInput = "/evaluation.json";

std::unique_ptr<OutputFile> written(const std::string& path, const std::string& text) {
  auto file = std::make_unique<OutputFile>(path);
  file->write(text);
  file->sync();
  return file;
}

}  // namespace

CLI::App* ReportCommand::add_to(CLI::App& program) {
  CLI::App* app =
      program.add_subcommand("report", "Show evaluations on one page, with tables and plots");
  app->add_option("folders", folders_, "Folders that 'airnn evaluate --out' wrote, in this order")
      ->required()
      ->type_name("DIR");
  app->add_option("-o,--output", output_, "The page (HTML); loads nothing, needs no other file")
      ->required()
      ->type_name("FILE.html");
  app->add_option("--markdown", markdown_, "Texts and tables as Markdown, too")
      ->type_name("FILE.md");
  app->footer("Example:\n  airnn report results -o report.html");
  return app;
}

ExitCode ReportCommand::run() {
  check_outputs();
  Report report;
  for (const std::string& folder : folders_) {
    const std::string file = folder + kInput;
    report.push_back(ReportReader::read(file, read_text(file)));
  }
  make_ids_unique(report);
  StopSignal hold;  // not between two files
  const auto page = written(output_, HtmlPage(report).text());
  const auto markdown =
      markdown_.empty() ? nullptr : written(markdown_, MarkdownPage(report).text());
  page->commit();
  if (markdown) {
    markdown->commit();
  }
  return ExitCode::done;
}

void ReportCommand::check_outputs() const {
  check_output_path("--output", output_);
  for (const std::string& folder : folders_) {
    check_distinct("--output", output_, "an input", folder + kInput);
  }
  if (!markdown_.empty()) {
    check_output_path("--markdown", markdown_);
    check_distinct("--markdown", markdown_, "--output", output_);
    for (const std::string& folder : folders_) {
      check_distinct("--markdown", markdown_, "an input", folder + kInput);
    }
  }
}

}  // namespace airnn
