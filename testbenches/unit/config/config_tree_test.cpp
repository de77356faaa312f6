// SPDX-License-Identifier: Apache-2.0
#include "sw/config/config_tree.h"

#include <gtest/gtest.h>

#include "sw/config/yaml_parser.h"

namespace airnn {
namespace {

ConfigTree sample() {
  ConfigTree::Mapping inner = {{"on", {true}}, {"names", {ConfigTree::List{{std::string("a")}}}}};
  ConfigTree::List blocks = {{ConfigTree::Mapping{{"x", {std::int64_t{1}}}, {"y", {0.5}}}},
                             {ConfigTree::Mapping{}}};
  return {ConfigTree::Mapping{{"lanes", {std::int64_t{-3}}},
                              {"scale", {2.0}},
                              {"inner", {inner}},
                              {"blocks", {blocks}},
                              {"none", {ConfigTree::List{}}},
                              {"text", {std::string("8: \"b\"\n")}}}};
}

TEST(ConfigTree, WritesBlockYaml) {
  EXPECT_EQ(to_yaml(sample()),
            "lanes: -3\n"
            "scale: 2.0\n"
            "inner:\n"
            "  on: true\n"
            "  names:\n"
            "  - a\n"
            "blocks:\n"
            "- x: 1\n"
            "  y: 0.5\n"
            "- {}\n"
            "none: []\n"
            "text: \"8: \\\"b\\\"\\x0a\"\n");
}

TEST(ConfigTree, WritesTextsThatReadBackAsTexts) {
  for (const char* text :
       {"",     "true", "null", "~",  "8",           "1.5",  "a b",      "#x", "a: b", "- a",
        "x\ty", "it's", "\"",   "\\", "../a/b.yaml", "\x01", "\xC3\xA9", "no", "@",    "%"}) {
    const ConfigTree tree{ConfigTree::Mapping{{"k", {std::string(text)}}}};
    const ConfigNode node = parse_yaml(to_yaml(tree), "out.yaml").find("k")->value;
    EXPECT_EQ(node.kind, ConfigNode::Kind::scalar) << text;
    EXPECT_EQ(node.scalar, text);
  }
}

TEST(ConfigTree, WritesEmptyMapping) {
  EXPECT_EQ(to_yaml({ConfigTree::Mapping{}}), "{}\n");
}

}  // namespace
}  // namespace airnn
