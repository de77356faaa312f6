// SPDX-License-Identifier: Apache-2.0
#include "sw/cli/coverage_command.h"

#include <fmt/format.h>

#include <memory>
#include <utility>

#include "sw/console/console.h"
#include "sw/console/output_path.h"
#include "sw/console/stop_signal.h"
#include "sw/console/table.h"
#include "sw/data/data_file.h"
#include "sw/format/output_file.h"
#include "sw/report/coverage_report.h"
#include "sw/report/html_page.h"
#include "sw/results/coverage/coverage_file.h"
#include "sw/version/version.h"

namespace airnn {

namespace {

std::string summary(const Coverage& coverage) {
  Table table({{"covergroup", Table::Align::left}, {"hit"}, {"goals"}, {"excluded"}, {"illegal"}});
  for (std::size_t g = 0; g < cover_groups().size(); ++g) {
    const CoverGroup& group = cover_groups()[g];
    std::size_t hit = 0;
    std::size_t kinds[3] = {};
    for (std::size_t b = 0; b < group.bins(); ++b) {
      const CoverBin bin = group.bin(b);
      ++kinds[static_cast<std::size_t>(bin.kind)];
      hit += bin.kind == BinKind::goal && coverage.hits(g, b) > 0 ? 1 : 0;
    }
    table.add_row({group.name, std::to_string(hit), std::to_string(kinds[0]),
                   std::to_string(kinds[1]), std::to_string(kinds[2])});
  }
  std::string text = table.text();
  for (const std::string& hole : coverage.holes()) {
    text += "hole: " + hole + "\n";
  }
  for (const std::string& broken : coverage.broken()) {
    text += "must not be: " + broken + "\n";
  }
  return text;
}

}  // namespace

Options* CoverageCommand::add_to(Options& program) {
  Options* app =
      program.add_subcommand("coverage", "Merge functional coverage, and show its holes");
  app->add_option("files", files_, "What 'airnn simulate --coverage' or this command wrote")
      ->required()
      ->type_name("FILE.json");
  app->add_option("-o,--output", output_, "The sum of all files")->type_name("FILE.json");
  app->add_option("--html", html_, "All bins on one page")->type_name("FILE.html");
  app->add_option("--xml", xml_, "The same in the manner of UCIS")->type_name("FILE.xml");
  app->add_flag("--strict", is_strict_,
                "End with 3 if there is a hole, or a bin was hit that is excluded or illegal");
  app->footer("Example:\n  airnn coverage a.json b.json -o all.json --html coverage.html");
  return app;
}

void CoverageCommand::check_outputs() const {
  std::vector<std::pair<std::string, std::string>> outputs;
  for (const auto& [option, path] :
       {std::pair("--output", output_), std::pair("--html", html_), std::pair("--xml", xml_)}) {
    if (path.empty()) {
      continue;
    }
    check_output_path(option, path);
    for (const auto& [other, at] : outputs) {
      check_distinct(option, path, other, at);
    }
    outputs.emplace_back(option, path);
  }
}

ExitCode CoverageCommand::run() {
  check_outputs();
  Coverage sum;
  for (const std::string& file : files_) {
    sum.merge(parse_coverage(read_text(file), file));
  }
  StopSignal hold;  // not between two files
  std::vector<std::unique_ptr<OutputFile>> written;
  const auto write = [&](const std::string& path, const std::string& text) {
    written.push_back(std::make_unique<OutputFile>(path));
    written.back()->write(text);
    written.back()->sync();
  };
  if (!output_.empty()) {
    write(output_, coverage_json(sum));
  }
  if (!html_.empty()) {
    const Report report = coverage_report(sum, program_version());
    write(html_, HtmlPage(report).text());
  }
  if (!xml_.empty()) {
    write(xml_, coverage_xml(sum));
  }
  for (const std::unique_ptr<OutputFile>& file : written) {
    file->commit();
  }
  print(summary(sum));
  const bool is_full = sum.holes().empty() && sum.broken().empty();
  return is_strict_ && !is_full ? ExitCode::rule_broken : ExitCode::done;
}

}  // namespace airnn
