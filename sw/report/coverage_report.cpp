// SPDX-License-Identifier: Apache-2.0
#include "sw/report/coverage_report.h"

#include <fmt/format.h>

namespace airnn {

namespace {

ReportColumn column(const std::string& name, ReportColumn::Type type) {
  ReportColumn column;
  column.label = name;
  column.type = type;
  column.exact = true;
  return column;
}

std::string word(BinKind kind, std::uint64_t hits) {
  if (kind == BinKind::goal) {
    return hits > 0 ? "hit" : "HOLE";
  }
  const std::string name = kind == BinKind::illegal ? "illegal" : "excluded";
  return hits > 0 ? name + ", BUT HIT" : name;
}

ReportTable bins_of(const Coverage& coverage, std::size_t index) {
  const CoverGroup& group = cover_groups()[index];
  ReportTable table;
  table.columns = {column("bin", ReportColumn::Type::text), column("is", ReportColumn::Type::text),
                   column("hits", ReportColumn::Type::number),
                   column("why", ReportColumn::Type::text)};
  std::size_t goals = 0;
  std::size_t hit = 0;
  for (std::size_t b = 0; b < group.bins(); ++b) {
    const CoverBin bin = group.bin(b);
    const std::uint64_t hits = coverage.hits(index, b);
    goals += bin.kind == BinKind::goal ? 1 : 0;
    hit += bin.kind == BinKind::goal && hits > 0 ? 1 : 0;
    table.rows.push_back({bin.name, word(bin.kind, hits), static_cast<double>(hits), bin.why});
  }
  table.headline = fmt::format("{} of {} bins that can be hit were hit.", hit, goals);
  return table;
}

}  // namespace

Report coverage_report(const Coverage& coverage, const std::string& version) {
  ReportPart part;
  part.version = version;
  part.title = "Functional coverage of the control protocol";
  const std::size_t holes = coverage.holes().size();
  part.text = holes == 0 ? "There is no hole." : fmt::format("There are {} holes.", holes);
  if (const std::size_t broken = coverage.broken().size(); broken > 0) {
    part.notice = fmt::format("{} bins were hit that are illegal or excluded.", broken);
  }
  for (std::size_t g = 0; g < cover_groups().size(); ++g) {
    const CoverGroup& group = cover_groups()[g];
    ReportSection section;
    section.id = group.name;
    section.title = group.name;
    section.text = fmt::format("Samples {}. Listens to {}.", group.samples, group.probe);
    section.tables.push_back(bins_of(coverage, g));
    part.sections.push_back(std::move(section));
  }
  return {part};
}

}  // namespace airnn
