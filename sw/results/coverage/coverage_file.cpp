// SPDX-License-Identifier: Apache-2.0
#include "sw/results/coverage/coverage_file.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <optional>

#include "sw/format/errors.h"
#include "sw/results/json_node.h"

namespace airnn {

namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kFormat = "airnn functional coverage";
constexpr int kVersion = 1;

const char* name_of(BinKind kind) {
  switch (kind) {
    case BinKind::goal:
      return "default";
    case BinKind::excluded:
      return "ignore";
    case BinKind::illegal:
      break;
  }
  return "illegal";
}

std::string escaped(const std::string& text) {
  std::string all;
  for (const char c : text) {
    all += c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '"' ? "&quot;" : std::string(1, c);
  }
  return all;
}

Json parsed(const std::string& text, const std::string& file) {
  Json json = Json::parse(text, nullptr, false);
  if (json.is_discarded()) {
    throw UserError(file + ": is no JSON; expected what 'airnn simulate --coverage' wrote");
  }
  return json;
}

/// One of the so many members of a table.
JsonNode part_of(const JsonNode& table, const std::string& name, std::size_t size) {
  const std::optional<JsonNode> part = table.find(name);
  if (!part || table.members().size() != size) {
    table.fail_with(
        fmt::format("is another table than this program's, which has {} members, \"{}\" among them",
                    size, name));
  }
  return *part;
}

}  // namespace

std::string coverage_json(const Coverage& coverage) {
  Json groups = Json::object();
  for (std::size_t g = 0; g < cover_groups().size(); ++g) {
    Json bins = Json::object();
    for (std::size_t b = 0; b < cover_groups()[g].bins(); ++b) {
      bins[cover_groups()[g].bin(b).name] = coverage.hits(g, b);
    }
    groups[cover_groups()[g].name] = std::move(bins);
  }
  const Json json = {{"format", kFormat}, {"version", kVersion}, {"groups", std::move(groups)}};
  return json.dump(1) + "\n";
}

Coverage parse_coverage(const std::string& text, const std::string& file) {
  const Json json = parsed(text, file);
  const JsonNode root(file, json);
  if (root.at("format").text() != kFormat) {
    root.at("format").fail(fmt::format("\"{}\"", kFormat));
  }
  if (root.at("version").count() != kVersion) {
    root.at("version").fail(fmt::format("version {}", kVersion));
  }
  Coverage coverage;
  const JsonNode groups = root.at("groups");
  for (std::size_t g = 0; g < cover_groups().size(); ++g) {
    const CoverGroup& group = cover_groups()[g];
    const JsonNode bins = part_of(groups, group.name, cover_groups().size());
    for (std::size_t b = 0; b < group.bins(); ++b) {
      coverage.hit_bin(g, b, part_of(bins, group.bin(b).name, group.bins()).count());
    }
  }
  return coverage;
}

std::string coverage_xml(const Coverage& coverage) {
  std::string text =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<UCIS ucisVersion=\"1.0\" writtenBy=\"airnn\">\n"
      " <instanceCoverages name=\"accelerator\" key=\"0\">\n";
  for (std::size_t g = 0; g < cover_groups().size(); ++g) {
    const CoverGroup& group = cover_groups()[g];
    text += fmt::format(
        "  <covergroupCoverage>\n   <cgInstance name=\"{0}\" key=\"{1}\">\n"
        "    <coverpoint name=\"{0}\" key=\"{1}\" exprString=\"{2}\">\n",
        escaped(group.name), g, escaped(group.probe));
    for (std::size_t b = 0; b < cover_groups()[g].bins(); ++b) {
      const CoverBin bin = group.bin(b);
      text += fmt::format(
          "     <coverpointBin name=\"{}\" type=\"{}\" key=\"{}\"{}><range from=\"{}\" to=\"{}\">"
          "<contents coverageCount=\"{}\"/></range></coverpointBin>\n",
          escaped(bin.name), name_of(bin.kind), b,
          bin.why.empty() ? "" : " alias=\"" + escaped(bin.why) + "\"", b, b, coverage.hits(g, b));
    }
    text += "    </coverpoint>\n   </cgInstance>\n  </covergroupCoverage>\n";
  }
  return text + " </instanceCoverages>\n</UCIS>\n";
}

}  // namespace airnn
