// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/parameters/run_parameters.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <regex>
#include <set>

#include "hw/sim/fault_config.h"
#include "sw/format/errors.h"
#include "testbenches/support/source_path.h"

namespace airnn::test {
namespace {

using Texts = std::map<std::string, std::string>;

/// Every scalar of a configuration by its complete key, as text.
void flatten(const ConfigTree& tree, const std::string& key, Texts& texts) {
  if (const auto* mapping = std::get_if<ConfigTree::Mapping>(&tree.value)) {
    for (const ConfigMember& member : *mapping) {
      flatten(member.value, key.empty() ? member.key : key + "." + member.key, texts);
    }
  } else if (const auto* list = std::get_if<ConfigTree::List>(&tree.value)) {
    for (std::size_t i = 0; i < list->size(); ++i) {
      flatten((*list)[i], key + "." + std::to_string(i), texts);
    }
  } else {
    std::string text = to_yaml({ConfigTree::Mapping{{"x", tree}}}).substr(3);
    text.erase(text.find_last_not_of('\n') + 1);
    texts[key] = std::regex_replace(text, std::regex("^\"(.*)\"$"), "$1");
  }
}

/// What the user names is in angle brackets.
std::string listed_name(std::string key) {
  key = std::regex_replace(key, std::regex("^accelerator\\.layers\\..*\\."),
                           "accelerator.layers.<layer>.");
  key = std::regex_replace(key, std::regex("^accelerator\\.elements\\.[0-9]*$"),
                           "accelerator.elements");
  key = std::regex_replace(key, std::regex("^energy\\.actions\\.[a-z_]*\\.(classes\\.[^.]*\\.)?"),
                           "energy.actions.<action>.");
  return std::regex_replace(key, std::regex("^faults\\.[0-9]*\\."), "faults.<n>.");
}

Network network() {
  Network network;
  network.name = "two";
  network.layers.resize(2);
  network.layers[0].name = "conv.1";
  network.layers[1].name = "fc";
  network.layers[1].kernels = 10;
  return network;
}

/// What took effect of a run file with these on top.
Texts effective(const std::string& file, const std::vector<std::string>& sets = {}) {
  std::vector<ConfigAssignment> assignments;
  for (const std::string& set : sets) {
    assignments.push_back({set, {}});
  }
  Texts texts;
  flatten(read_run_config(source_path("configs/run/" + file), assignments, network()).effective, "",
          texts);
  return texts;
}

/// All that is listed, by complete key; keys that several sections have, such as `kind`, once.
std::map<std::string, ParameterText> listed() {
  std::map<std::string, ParameterText> keys;
  for (const ParameterSection& section : all_run_parameters()) {
    for (const ParameterText& key : section.keys) {
      keys.emplace(section.prefix + key.key, key);
    }
  }
  return keys;
}

std::vector<Texts> runs() {
  const std::vector<std::string> layer{
      "accelerator.interconnect=direct",
      "accelerator.layers.fc.positions_in_parallel=2",
      "accelerator.layers.fc.engine=mac",
      "accelerator.associative_rows=0",
      "accelerator.inputs_per_batch=1",
      "accelerator.input_buffers=1",
      "accelerator.decompressor.lanes=16",
      "accelerator.decompressor.segments=4",
      "accelerator.elements=[exact]",
      "accelerator.organisation=layered",
      "accelerator.multipliers=" + source_path("testbenches/cases/multipliers.yaml"),
      "accelerator.layers.fc.element=0"};
  return {effective("default.yaml", layer), effective("ddr3.yaml"), effective("mesh.yaml")};
}

TEST(RunParameters, ListEveryKeyThatTookEffect) {
  const auto keys = listed();
  for (const Texts& run : runs()) {
    for (const auto& [key, text] : run) {
      EXPECT_EQ(keys.count(listed_name(key)), 1U) << key;
    }
  }
}

TEST(RunParameters, ListNothingThatNoRunReads) {
  std::set<std::string> read;
  for (const Texts& run : runs()) {
    for (const auto& [key, text] : run) {
      read.insert(listed_name(key));
    }
  }
  for (const auto& [key, text] : listed()) {
    EXPECT_TRUE(read.count(key) == 1 || key.rfind("faults.", 0) == 0 || key.rfind("rtl.", 0) == 0)
        << key;
  }
}

TEST(RunParameters, ListTheDefaultsThatTakeEffect) {
  std::size_t compared = 0;
  // Files that say no more than they must.
  for (const std::string memory : {"flat", "ddr3_4gb_x8_1600"}) {
    const Texts run =
        effective("default.yaml", {"accelerator=" + source_path("configs/accelerator/default.yaml"),
                                   "memory=" + source_path("configs/memory/" + memory + ".yaml")});
    for (const auto& [key, text] : listed()) {
      const auto found = run.find(key);
      const bool is_word = text.fallback.find_first_of(" J") != std::string::npos;
      if (found != run.end() && !text.fallback.empty() && !is_word) {
        EXPECT_EQ(found->second, text.fallback) << key;
        ++compared;
      }
    }
  }
  EXPECT_GE(compared, 50U);
}

TEST(RunParameters, ListTheRangesThatAreRefusedBeyond) {
  for (const auto& [key, text] : listed()) {
    const auto* range = std::get_if<IntegerValues>(&text.values);
    if (range == nullptr || key.find('<') != std::string::npos) {
      continue;
    }
    const bool ddr3 = key.rfind("memory.", 0) == 0 && effective("default.yaml").count(key) == 0;
    const bool mesh = key.rfind("accelerator.mesh.", 0) == 0;
    const std::string file = ddr3 ? "ddr3.yaml" : mesh ? "mesh.yaml" : "default.yaml";
    for (const std::int64_t value : {range->min - 1, range->max + 1}) {
      try {
        effective(file, {key + "=" + std::to_string(value)});
        ADD_FAILURE() << key << "=" << value << " is accepted";
      } catch (const ConfigError& error) {
        EXPECT_THAT(error.what(), testing::HasSubstr(key + ": expected an integer from " +
                                                     std::to_string(range->min) + " to " +
                                                     std::to_string(range->max)));
      }
    }
  }
}

TEST(RunParameters, ListTheKeysOfEveryFault) {
  const std::vector<std::string> faults{
      "{kind: bit_flip, address: 1, bit: 2, cycle: 3}",
      "{kind: stuck_stream, stream: read_weight_controller.out_weights, cycle: 5}",
      "{kind: delayed_response, read: 7, cycles: 9}", "{kind: dropped_burst, read: 7}"};
  std::set<std::string> read;
  for (const std::string& fault : faults) {
    const ConfigReader reader = ConfigDocument::from_text("faults: [" + fault + "]", "a").reader();
    read_faults(reader, network());
    reader.finish();
    Texts texts;
    flatten(reader.effective(), "", texts);
    for (const auto& [key, text] : texts) {
      read.insert(listed_name(key));
    }
  }
  std::set<std::string> expected;
  for (const auto& [key, text] : listed()) {
    if (key.rfind("faults.", 0) == 0) {
      expected.insert(key);
    }
  }
  EXPECT_EQ(read, expected);
}

TEST(RunParameters, SayWhatEveryKeyMeans) {
  for (const auto& [key, text] : listed()) {
    EXPECT_FALSE(text.sentence.empty()) << key;
    EXPECT_NE(text.sentence.back(), '.') << key;
    EXPECT_LE(text.sentence.size(), 90U) << key;
  }
}

}  // namespace
}  // namespace airnn::test
