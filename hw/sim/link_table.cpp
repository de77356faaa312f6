// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/link_table.h"

#include <algorithm>
#include <utility>

#include "hw/sim/mesh_config.h"

namespace airnn {

namespace {

constexpr const char* kKey = "interconnect";

}  // namespace

const LinkTable& built_in_links() {
  static const LinkTable links = {{"direct"}, {"mesh", read_mesh_link, mesh_config_sections}};
  return links;
}

LinkModel read_link(const ConfigReader& accelerator, const Network& network,
                    const LinkTable& links) {
  LinkModel link;
  if (!accelerator.optional_string(kKey)) {
    return link;
  }
  std::vector<NamedValue<const LinkRow*>> rows;
  for (const LinkRow& row : links) {
    rows.push_back({row.name, &row});
  }
  const LinkRow& row = *accelerator.required_enum(kKey, rows);
  if (row.read != nullptr) {
    link = row.read(accelerator.section(row.name), network);
  }
  link.name = row.name;
  return link;
}

std::vector<ParameterSection> link_parameters(const LinkTable& links) {
  ChoiceValues names;
  for (const LinkRow& row : links) {
    names.names.push_back(row.name);
  }
  std::vector<ParameterSection> all{
      {"streams between units",
       "",
       {{kKey, links.front().name, names, "How streams get from unit to unit"}}}};
  for (const LinkRow& row : links) {
    if (row.sections == nullptr) {
      continue;
    }
    for (ParameterSection& section : row.sections()) {
      section.prefix = row.name + "." + section.prefix;
      all.push_back(std::move(section));
    }
  }
  return all;
}

}  // namespace airnn
