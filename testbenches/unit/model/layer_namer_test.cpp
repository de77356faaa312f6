// SPDX-License-Identifier: Apache-2.0
#include "sw/model/layer_namer.h"

#include <gtest/gtest.h>

#include <random>
#include <set>

#include "testbenches/unit/model/model_under_test.h"

namespace airnn::test {
namespace {

std::vector<std::string> names_of(const std::vector<std::string>& wishes) {
  LayerNamer namer;
  std::vector<std::string> names;
  names.reserve(wishes.size());
  for (const std::string& wish : wishes) {
    names.push_back(namer.name(wish));
  }
  return names;
}

using Names = std::vector<std::string>;

TEST(LayerNamer, KeepsNamesThatAreUniqueAndShown) {
  const Names names{"/3/Conv", "features.0", "fc 1", "42", "Größe", "\xE5\xB1\xA4", "a=b"};
  LayerNamer namer;
  for (const std::string& name : names) {
    EXPECT_EQ(namer.name(name), name);
  }
  EXPECT_TRUE(namer.renamed().empty());
}

TEST(LayerNamer, NumbersNamesThatComeAgain) {
  EXPECT_EQ(names_of({"a", "a", "a#2", "a", "a#2"}), (Names{"a", "a#2", "a#2#2", "a#3", "a#2#3"}));
}

TEST(LayerNamer, GivesNoNameOfAUnitAndNoWordOfAnOption) {
  for (const std::string word :
       {"host", "read_weight_controller", "buffer_address_calculation", "input_buffer",
        "score_calculation", "flat_memory", "ddr3_controller", "first", "last", "pointwise",
        "depthwise", "none", "elbow", "total", "(all)"}) {
    EXPECT_EQ(names_of({word, word, "Score"}), (Names{word + "#2", word + "#3", "Score"}));
  }
}

TEST(LayerNamer, KeepsWordsThatNoUnitHasAsItsName) {
  const Names names{"memory", "controller", "addresses", "score", "compute"};
  EXPECT_EQ(names_of(names), names);
}

TEST(LayerNamer, ReplacesWhatCannotBeShownOrListed) {
  EXPECT_EQ(names_of({std::string("a\0b", 3), "a\nb", "\x7F", "a,b"}),
            (Names{"a_b", "a_b#2", "_", "a_b#3"}));
  EXPECT_EQ(printable("\xC2\x9B"), "__") << "a control character beyond ASCII";
  EXPECT_EQ(printable("\xC0\xAF\xED\xA0\x80\xF4\x90\x80\x80\xE5\xB1"), std::string(11, '_'))
      << "overlong, half of a pair, beyond the last, cut off";
  EXPECT_EQ(printable("\xF0\x9F\x98\x80"), "\xF0\x9F\x98\x80");
}

TEST(LayerNamer, NamesWhatHasNoName) {
  EXPECT_EQ(names_of({"", ""}), (Names{"layer", "layer#2"}));
}

TEST(LayerNamer, CutsLongNamesAndTellsThemApart) {
  const std::string longest(kLongestLayerName, 'x');
  const Names names = names_of({longest, longest + "a", longest + "b", longest, longest + "a"});
  EXPECT_EQ(names[0], longest);
  EXPECT_EQ(std::set<std::string>(names.begin(), names.end()).size(), names.size());
  for (const std::string& name : names) {
    EXPECT_LE(name.size(), kLongestLayerName);
    EXPECT_EQ(name.substr(0, 190), longest.substr(0, 190));
  }
  EXPECT_EQ(names_of({longest + "b"})[0], names[2]) << "depends on the name alone";
  std::string wide;
  while (wide.size() <= kLongestLayerName) {
    wide += "\xE5\xB1\xA4";
  }
  const std::string cut = names_of({wide})[0];
  EXPECT_EQ(printable(cut), cut) << "no half characters";
}

TEST(LayerNamer, SaysWhatItChangedAndWhy) {
  LayerNamer namer;
  for (const std::string wish : {"input_buffer", "a", "a", "a\n", ""}) {
    namer.name(wish);
  }
  std::vector<std::string> told;
  for (const RenamedLayer& layer : namer.renamed()) {
    told.push_back(layer.from + " > " + layer.to + ": " + layer.reason);
  }
  EXPECT_EQ(told,
            (Names{"input_buffer > input_buffer#2: it is a word of results or options",
                   "a > a#2: another layer is called so",
                   "a_ > a_: it has characters that cannot be shown", " > layer: it is empty"}));
}

TEST(LayerNamer, GivesUniqueShownShortNamesWhateverTheWishes) {
  std::mt19937 random(7);
  const Names parts{"host", "#2", "a", "\xFF", "\n", ",", std::string(150, 'y'), "", "\xE5\xB1"};
  LayerNamer namer;
  std::set<std::string> given;
  for (int i = 0; i < 3000; ++i) {
    std::string wish;
    for (unsigned p = random() % 4; p > 0; --p) {
      wish += parts[random() % parts.size()];
    }
    const std::string name = namer.name(wish);
    ASSERT_TRUE(given.insert(name).second) << name;
    ASSERT_FALSE(name.empty());
    ASSERT_LE(name.size(), kLongestLayerName);
    ASSERT_EQ(printable(name), name);
    ASSERT_EQ(name.find(','), std::string::npos);
  }
}

}  // namespace
}  // namespace airnn::test
