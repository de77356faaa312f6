// SPDX-License-Identifier: Apache-2.0
#include "sw/cli/report_command.h"

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <system_error>

#include "sw/console/output_path.h"
#include "sw/console/stop_signal.h"
#include "sw/data/data_file.h"
#include "sw/evaluate/evaluation_layout.h"
#include "sw/evaluate/run_document.h"
#include "sw/format/errors.h"
#include "sw/format/output_file.h"
#include "sw/report/html_page.h"
#include "sw/report/markdown_page.h"
#include "sw/report/report_reader.h"

namespace airnn {

namespace {

/// What a folder is shown by: an evaluation, or a single run.
std::string input_of(const std::string& folder) {
  const std::string evaluation = evaluation_file(folder);
  const std::string run = folder + "/results.json";
  return !std::filesystem::exists(evaluation) && std::filesystem::exists(run) ? run : evaluation;
}

/// More than a document: what 'airnn evaluate' leaves beside it.
bool is_evaluation(const std::string& folder) {
  std::error_code error;
  const auto has = [&](const std::string& name) {
    return std::filesystem::exists(std::filesystem::symlink_status(folder + "/" + name, error));
  };
  return has(EvaluationLayout::kSeal) || has("plan.json") || has(EvaluationLayout::kImages) ||
         has(EvaluationLayout::kRuns);
}

ReportPart part_of(const std::string& folder) {
  require_whole_run(folder);
  if (is_evaluation(folder)) {
    require_whole(folder);
  }
  const std::string file = input_of(folder);
  const std::string text = read_text(file);
  if (file == evaluation_file(folder)) {
    return ReportReader::read(file, text);
  }
  return ReportReader::read(file, run_document(StoredRun::parse(text, file)).dump());
}

std::unique_ptr<OutputFile> written(const std::string& path, const std::string& text) {
  auto file = std::make_unique<OutputFile>(path);
  file->write(text);
  file->sync();
  return file;
}

}  // namespace

Options* ReportCommand::add_to(Options& program) {
  Options* app =
      program.add_subcommand("report", "Show evaluations on one page, with tables and plots");
  app->add_option("folders", folders_,
                  "What 'airnn evaluate --out' or 'airnn simulate --out' wrote, in this order")
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
    report.push_back(part_of(folder));
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
    check_distinct("--output", output_, "an input", input_of(folder));
  }
  if (!markdown_.empty()) {
    check_output_path("--markdown", markdown_);
    check_distinct("--markdown", markdown_, "--output", output_);
    for (const std::string& folder : folders_) {
      check_distinct("--markdown", markdown_, "an input", input_of(folder));
    }
  }
}

}  // namespace airnn
