// SPDX-License-Identifier: Apache-2.0
#include "sw/config/yaml_parser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "testbenches/unit/config/config_testing.h"

namespace airnn {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

std::string yaml_refusal(const std::string& text) {
  return refusal([&] { parse_yaml(text, "a.yaml"); });
}

TEST(YamlParser, KeepsOrderKindsAndLines) {
  const ConfigNode root = parse_yaml("# a comment\nb: 1\na:\n  c: [x, \"2\"]\nd:\n", "a.yaml");
  ASSERT_EQ(root.kind, ConfigNode::Kind::mapping);
  ASSERT_EQ(root.entries.size(), 3U);
  EXPECT_EQ(root.entries[0].key, "b");
  EXPECT_EQ(root.entries[0].value.scalar, "1");
  EXPECT_EQ(root.entries[0].position.text(), "a.yaml:2");
  const ConfigNode& list = root.entries[1].value.entries.at(0).value;
  ASSERT_EQ(list.kind, ConfigNode::Kind::sequence);
  EXPECT_FALSE(list.items.at(0).quoted);
  EXPECT_TRUE(list.items.at(1).quoted);
  EXPECT_EQ(list.items.at(1).position.text(), "a.yaml:4");
  EXPECT_EQ(root.entries[2].value.kind, ConfigNode::Kind::null);
  EXPECT_EQ(root.entries[2].value.position.text(), "a.yaml:5");
}

TEST(YamlParser, TakesEmptyTextAsNothing) {
  EXPECT_EQ(parse_yaml("", "a.yaml").kind, ConfigNode::Kind::null);
  EXPECT_EQ(parse_yaml("# only a comment\n", "a.yaml").kind, ConfigNode::Kind::null);
}

TEST(YamlParser, NamesBothLinesOfADuplicateKey) {
  EXPECT_EQ(yaml_refusal("a: 1\nb: 2\na: 3\n"),
            "a.yaml:3: key 'a' stands twice in one mapping, first in line 1");
  EXPECT_EQ(yaml_refusal("m: {x: 1, x: 1}\n"),
            "a.yaml:1: key 'x' stands twice in one mapping, first in line 1");
}

TEST(YamlParser, AllowsOneKeyInTwoMappings) {
  EXPECT_EQ(yaml_refusal("m: {x: 1}\nn: {x: 1}\nx: 2\n"), "<accepted>");
}

TEST(YamlParser, NamesTheLineOfMalformedText) {
  EXPECT_THAT(yaml_refusal("a: 1\nb: [1, 2\n\n"), StartsWith("a.yaml:2: malformed YAML: "));
  EXPECT_THAT(yaml_refusal("a: 1\n  b: 2\n"), StartsWith("a.yaml:2: malformed YAML: "));
  EXPECT_THAT(yaml_refusal("a: \"x\nb: 1\n"), HasSubstr("malformed YAML: "));
  EXPECT_THAT(yaml_refusal("a: 1\n\tb: 2\n"), StartsWith("a.yaml:2: "));
}

TEST(YamlParser, RefusesWhatHidesWhereAValueComesFrom) {
  EXPECT_EQ(yaml_refusal("a: &x 1\nb: 2\n"), "a.yaml:1: YAML anchors are not supported");
  EXPECT_EQ(yaml_refusal("a: !!int 1\n"),
            "a.yaml:1: YAML tag 'tag:yaml.org,2002:int' is not supported");
  EXPECT_THAT(yaml_refusal("a: 1\n---\nb: 2\n"), HasSubstr("a second YAML document begins"));
  EXPECT_THAT(yaml_refusal("a: *nobody\n"), StartsWith("a.yaml:1: "));
}

TEST(YamlParser, RefusesKeysThatAreNoNames) {
  EXPECT_THAT(yaml_refusal("[1, 2]: 3\n"), HasSubstr("a key must be a plain name"));
  EXPECT_THAT(yaml_refusal("{a: 1}: 3\n"), HasSubstr("a key must be a plain name"));
  EXPECT_THAT(yaml_refusal(": 3\n"), HasSubstr("a key must be a plain name"));
}

TEST(YamlParser, SurvivesDeepNesting) {
  EXPECT_NE(yaml_refusal(std::string(100000, '[')), "<accepted>");
  EXPECT_NE(yaml_refusal("a: " + std::string(100000, '{')), "<accepted>");
}

TEST(YamlParser, AnswersGarbageWithATreeOrAConfigError) {
  const std::string alphabet = "ab:1 \n\t-[]{},\"'#&*!|>%@?~.\\\xC3\x28";
  std::mt19937 random(11);
  std::uniform_int_distribution<std::size_t> length(0, 60);
  std::uniform_int_distribution<std::size_t> letter(0, alphabet.size() - 1);
  int refused = 0;
  for (int i = 0; i < 20000; ++i) {
    std::string text(length(random), ' ');
    for (char& c : text) {
      c = alphabet[letter(random)];
    }
    refused += yaml_refusal(text) == "<accepted>" ? 0 : 1;
  }
  EXPECT_GT(refused, 0);
}

}  // namespace
}  // namespace airnn
