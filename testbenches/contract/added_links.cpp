// SPDX-License-Identifier: Apache-2.0
#include "testbenches/contract/added_links.h"

#include "sw/config/config_document.h"
#include "testbenches/contract/late_link.h"

namespace airnn::test {

namespace {

struct LateParams {
  Cycle cycles = 3;
};

const ParameterTable<LateParams>& late_parameters() {
  static const ParameterTable<LateParams> table{Parameter<LateParams>::integer(
      "cycles", &LateParams::cycles, 1, 100, "So many cycles more take an item and a credit")};
  return table;
}

LinkModel read_late(const ConfigReader& section, const Network& /*network*/) {
  LateParams params;
  read_parameters(late_parameters(), section, params);
  LinkModel link;
  link.make = [params](const LinkedMachine& /*machine*/) {
    return std::make_unique<LateLink>(params.cycles);
  };
  link.counted = {kLateMap};
  return link;
}

std::vector<ParameterSection> late_sections() {
  return {parameter_section("interconnect late", "", late_parameters())};
}

}  // namespace

const LinkTable& extended_links() {
  static const LinkTable links = [] {
    LinkTable more = built_in_links();
    more.push_back({"late", read_late, late_sections});
    return more;
  }();
  return links;
}

LinkModel link_named(const std::string& name) {
  return read_link(ConfigDocument::from_text("interconnect: " + name + "\n", "test").reader(),
                   Network(), extended_links());
}

}  // namespace airnn::test
