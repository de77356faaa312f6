// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <cstdint>
#include <map>

#include "testbenches/support/onnx_builder.h"
#include "testbenches/support/source_path.h"
#include "testbenches/system/cli_testing.h"

namespace airnn::test {
namespace {

using testing::HasSubstr;
using testing::Not;

class CliInspect : public CliTest {
 protected:
  void compile(const Words& options) const {
    Words words{"compile", model("lenet5.onnx"), "-o", "a.airnn", "--json", "a.json", "-q"};
    words.insert(words.end(), options.begin(), options.end());
    good(words);
  }
  Json inspect(const Words& options = {}) const {
    Words words{"inspect", "a.airnn", "--json"};
    words.insert(words.end(), options.begin(), options.end());
    return Json::parse(good(words));
  }
  /// The image says what the compiler counted, found by reading its arrays.
  void expect_agreement() const {
    const Json compiled = json_of("a.json");
    const Json found = inspect();
    for (const char* key : {"file", "bytes", "checksum", "scheme", "iterations", "precision",
                            "index_width", "network", "batches"}) {
      EXPECT_EQ(found[key], compiled[key]) << key;
    }
    for (std::size_t i = 0; i < found["layers"].size(); ++i) {
      for (const auto& item : found["layers"][i].items()) {
        EXPECT_EQ(item.value(), compiled["layers"][i][item.key()]) << i << " " << item.key();
      }
    }
    EXPECT_EQ(found["layers"].size(), 4U);
  }
};

TEST_F(CliInspect, FindsInTheImageWhatTheCompilerCounted) {
  compile({"--clusters", "7,/0/Conv=3"});
  expect_agreement();
}

TEST_F(CliInspect, FindsInADenseImageWhatTheCompilerCounted) {
  compile({"--scheme", "base"});
  expect_agreement();
}

TEST_F(CliInspect, FindsInAnInterleavedImageWhatTheCompilerCounted) {
  for (const std::string policy : {"block", "block_fixed", "position"}) {
    compile({"--clusters", "8", "--scheme", "interleaved", "--policy", policy});
    expect_agreement();
    EXPECT_EQ(inspect()["policy"], policy);
  }
}

TEST_F(CliInspect, SectionsOfAnInterleavedBatchHoldItsBytes) {
  compile({"--clusters", "8", "--scheme", "interleaved", "--interleaved-iterations", "2"});
  const Json found = inspect();
  std::map<int, std::map<std::string, std::int64_t>> bytes;
  for (const Json& section : found["sections"]) {
    if (!section["iteration"].is_null()) {
      bytes[section["iteration"].get<int>()][section["kind"].get<std::string>()] +=
          section["bytes"].get<std::int64_t>();
    }
  }
  ASSERT_EQ(found["batches"].size(), 4U);
  for (const Json& batch : found["batches"]) {
    const int iteration = batch["iteration"].get<int>();
    for (const auto& item : batch["bytes"].items()) {
      EXPECT_EQ(item.value().get<std::int64_t>(), bytes[iteration][item.key()]) << item.key();
    }
    EXPECT_EQ(batch["bytes"].size(), 7U);
    EXPECT_EQ(batch["bytes"]["kernel_index"] == 0, iteration > 2);
  }
}

TEST_F(CliInspect, ShowsGroupsAsTheReportCountsThem) {
  compile({"--clusters", "8", "--scheme", "interleaved", "--blocks", "4"});
  const Json compiled = json_of("a.json");
  EXPECT_EQ(compiled["interleaving"]["policy"], "block");
  const Json entries = compiled["interleaving"]["layers"];
  ASSERT_EQ(entries.size(), 6U);
  const Json batches = inspect({"--interleaving"})["batches"];
  std::size_t entry = 0;
  for (const Json& batch : batches) {
    for (const Json& layer : batch["interleaving"]) {
      const Json& expected = entries[entry++];
      EXPECT_EQ(layer["blocks"], 4);
      EXPECT_EQ(expected["blocks"], 4);
      EXPECT_EQ(expected["iteration"], batch["iteration"]);
      EXPECT_EQ(layer["groups"].size(), expected["groups"]);
      EXPECT_EQ(batch["layers"][layer["layer"].get<std::size_t>()]["groups"], expected["groups"]);
      std::size_t kernels = 0;
      for (const Json& group : layer["groups"]) {
        kernels += group["kernels"].size();
        EXPECT_EQ(group["flags"].get<std::string>().size(), 4U);
      }
      EXPECT_EQ(expected["kernels"], kernels);
      EXPECT_LE(expected["best"], expected["greedy"]);
      EXPECT_LE(expected["lower_bound"], expected["best"]);
    }
  }
  EXPECT_EQ(entry, entries.size());
}

TEST_F(CliInspect, ShowsGroupsOfOneLayerAsText) {
  compile({"--clusters", "8", "--scheme", "interleaved", "--blocks", "4"});
  const Words one{"--interleaving", "--layer", "/3/Conv", "--batch", "1"};
  Words words{"inspect", "a.airnn"};
  words.insert(words.end(), one.begin(), one.end());
  const std::string out = good(words);
  EXPECT_THAT(out, HasSubstr("batch 1, layer 1 (/3/Conv): "));
  EXPECT_THAT(out, HasSubstr(", 4 blocks of 6, the last of 7\n"));
  EXPECT_THAT(out, Not(HasSubstr("layer 0 (/0/Conv): ")));
  const Json group = inspect(one)["batches"][0]["interleaving"][0]["groups"][0];
  std::string line = "  group 0    flags " + group["flags"].get<std::string>() + "  kernels";
  for (const Json& kernel : group["kernels"]) {
    const int first = kernel["first_block"].get<int>();
    const int last = first + kernel["blocks"].get<int>() - 1;
    line += " " + kernel["kernel"].dump() + "@" + std::to_string(first);
    line += last > first ? "-" + std::to_string(last) : "";
  }
  EXPECT_THAT(out, HasSubstr(line + "\n"));
  compile({"--clusters", "8", "--scheme", "interleaved", "--policy", "position"});
  EXPECT_THAT(good({"inspect", "a.airnn", "--interleaving"}), Not(HasSubstr("flags")));
}

TEST_F(CliInspect, SectionsOfABatchHoldItsBytes) {
  compile({"--clusters", "5", "--index-width", "32"});
  const Json found = inspect();
  std::map<int, std::map<std::string, std::int64_t>> bytes;
  for (const Json& section : found["sections"]) {
    EXPECT_EQ(section["offset"].get<std::int64_t>() % 64, 0);
    EXPECT_EQ(section["crc32c"].get<std::string>().size(), 8U);
    if (!section["iteration"].is_null()) {
      bytes[section["iteration"].get<int>()][section["kind"].get<std::string>()] +=
          section["bytes"].get<std::int64_t>();
    }
  }
  ASSERT_EQ(found["batches"].size(), 3U);
  for (const Json& batch : found["batches"]) {
    EXPECT_EQ(batch["bytes"], Json(bytes[batch["iteration"].get<int>()]));
  }
}

TEST_F(CliInspect, ArraysOfTheLayersTogetherAreTheWholeArrays) {
  compile({"--clusters", "6"});
  const Json whole = inspect({"--crs", "--batch", "2"})["batches"];
  ASSERT_EQ(whole.size(), 1U);
  for (std::size_t c = 0; c < 2; ++c) {
    Json joined{{"value", Json::array()},
                {"column", Json::array()},
                {"row", Json::array()},
                {"layer", Json::array()}};
    for (int layer = 0; layer < 4; ++layer) {
      const Json part = inspect(
          {"--crs", "--batch", "2", "--layer", std::to_string(layer)})["batches"][0]["crs"][c];
      EXPECT_EQ(part["first_value"], joined["value"].size());
      EXPECT_EQ(part["first_row"], joined["row"].size());
      EXPECT_EQ(part["layer"], (Json{{layer, part["first_row"]}}));
      EXPECT_EQ(part["row"][0][1], part["first_value"]);
      for (const auto& item : joined.items()) {
        const Json& more = part[item.key()];
        item.value().insert(item.value().end(), more.begin(), more.end());
      }
    }
    for (const auto& item : joined.items()) {
      EXPECT_EQ(item.value(), whole[0]["crs"][c][item.key()]) << item.key();
    }
    EXPECT_EQ(joined["value"].size(), joined["column"].size());
  }
}

TEST_F(CliInspect, ShowsTheFourArraysAsText) {
  compile({"--clusters", "4"});
  const std::string out =
      good({"inspect", "a.airnn", "--layer", "/9/Gemm", "--batch", "2", "--crs"});
  EXPECT_THAT(out, HasSubstr("batch 2, cluster 0"));
  EXPECT_THAT(out, HasSubstr("batch 2, cluster 1"));
  EXPECT_THAT(out, Not(HasSubstr("batch 1, cluster")));
  const Json arrays = inspect({"--layer", "3", "--batch", "2", "--crs"})["batches"][0]["crs"][0];
  std::string values = "  value  ";
  for (const Json& value : arrays["value"]) {
    values += " " + value.dump();
  }
  EXPECT_THAT(out, HasSubstr(values + "\n"));
  EXPECT_THAT(out, HasSubstr("  layer   3@" + arrays["first_row"].dump() + "\n"));
}

TEST_F(CliInspect, ShowsOnlyTheLayerThatIsAskedFor) {
  compile({"--clusters", "4"});
  const std::string out = good({"inspect", "a.airnn", "--layer", "/3/Conv"});
  EXPECT_THAT(out, HasSubstr("every section verified"));
  EXPECT_THAT(out, HasSubstr("/3/Conv"));
  EXPECT_THAT(out, Not(HasSubstr("/7/Gemm")));
  const Json found = inspect({"--layer", "/3/Conv"});
  ASSERT_EQ(found["layers"].size(), 1U);
  EXPECT_EQ(found["layers"][0]["index"], 1);
  EXPECT_EQ(inspect({"--layer", "1"}), found);
}

TEST_F(CliInspect, ANumberIsAnIndexEvenWhereALayerIsCalledSo) {
  OnnxBuilder builder;
  builder.input("x", {1, 1, 2, 2}).flatten();
  for (const char* const name : {"1", "7", "0"}) {
    const std::string weights = builder.random({4, 4}, 1);
    builder.node("Gemm", {builder.current(), weights}, {}, name).relu();
  }
  builder.save(path("numbers.onnx"));
  good({"compile", "numbers.onnx", "-o", "a.airnn", "--clusters", "2", "-q"});
  for (const int index : {0, 1, 2}) {
    const Json found = inspect({"--layer", std::to_string(index)});
    ASSERT_EQ(found["layers"].size(), 1U);
    EXPECT_EQ(found["layers"][0]["index"], index);
  }
  EXPECT_EQ(inspect({"--layer", "7"}), inspect({"--layer", "1"})) << "7 is no index, but a name";
}

TEST_F(CliInspect, RefusesWhatTheImageDoesNotHave) {
  compile({"--clusters", "4"});
  expect_refused({"inspect", "a.airnn", "--layer", "/3/Cov"}, "did you mean '/3/Conv'?");
  expect_refused({"inspect", "a.airnn", "--layer", "4"}, "index from 0 to 3");
  expect_refused({"inspect", "a.airnn", "--batch", "3"},
                 "--batch: '3'; expected an integer from 1 to 2");
  expect_refused({"inspect", "a.airnn", "--batch", "0"}, "from 1 to 2");
  expect_refused({"inspect", "a.airnn", "--interleaving"},
                 "--interleaving: the image has scheme iterative");
  compile({"--scheme", "base"});
  expect_refused({"inspect", "a.airnn", "--crs"}, "scheme base");
}

TEST_F(CliInspect, RefusesADamagedImageWhereverTheDamageIs) {
  compile({"--clusters", "4"});
  const std::string image = bytes_of("a.airnn");
  constexpr std::size_t kPlaces = 40;
  for (std::size_t i = 0; i < kPlaces; ++i) {
    const std::size_t place = i < 16 ? i * 5 : i * (image.size() - 1) / (kPlaces - 1);
    std::string damaged = image;
    damaged[place] = static_cast<char>(damaged[place] ^ 0x10);
    write("b.airnn", damaged);
    expect_refused({"inspect", "b.airnn", "--crs", "--json"}, "b.airnn: ");
  }
}

TEST_F(CliInspect, RefusesATruncatedImageWhereverItEnds) {
  compile({"--clusters", "4"});
  const std::string image = bytes_of("a.airnn");
  for (const std::size_t length : {std::size_t{0}, std::size_t{7}, std::size_t{63}, std::size_t{64},
                                   std::size_t{200}, image.size() / 2, image.size() - 1}) {
    write("b.airnn", image.substr(0, length));
    expect_refused({"inspect", "b.airnn"}, "b.airnn: ");
  }
  write("b.airnn", image + "x");
  expect_refused({"inspect", "b.airnn"}, "b.airnn: ");
}

TEST_F(CliInspect, RefusesAForeignFile) {
  expect_refused({"inspect", model("lenet5.onnx")}, "not a memory image");
  expect_refused({"inspect", "none.airnn"}, "none.airnn: cannot open");
  expect_refused({"inspect", "."}, "folder");
}

TEST_F(CliInspect, ReportsAnOutputThatCannotBeWritten) {
  compile({"--clusters", "4"});
  ProgramSetting setting;
  setting.standard_output = "/dev/full";
  expect_refused({"inspect", "a.airnn"}, "standard output: cannot write", setting);
}

/// Images with right checksums that no compiler writes: the first line of the reason.
TEST_F(CliInspect, RefusesImagesThatNoCompilerWrites) {
  const std::map<std::string, std::string> cases = {
      {"bias_of_layer_9", "section bias, layer 9: there is no such layer"},
      {"claims_32767_iterations", "header: 32767 iterations, expected "},
      {"claims_negative_weights", "section network: layer "},
      {"dense_of_layer_9", "section dense_value, layer 9: there is no such layer"},
      {"duplicate_value", "section value, iteration 2, cluster 1: is there twice"},
      {"no_batches", "section network: layer "},
      {"sections_shuffled", "section "},
      {"two_networks", "section network: is there twice"},
      {"value_in_base", "section value, iteration 1, cluster 0: an image of scheme base has none"},
      {"value_of_cluster_5", "section value, iteration 1, cluster 5: there is no cluster 5"},
      {"weights_in_two_batches", "section value, iteration 2, cluster 0: layer "},
      {"without_last_layer", "section "},
  };
  for (const auto& [name, reason] : cases) {
    const std::string image = source_path("testbenches/cases/image_" + name + ".airnn");
    const std::string message = "image_" + name + ".airnn: " + reason;
    expect_refused({"inspect", image}, message);
    expect_refused({"inspect", image, "--json"}, message);
    expect_refused({"simulate", image, "--run", source_path("configs/run/default.yaml"), "--images",
                    source_path("testbenches/cases/image.npy"), "--out", "results"},
                   message);
  }
}

}  // namespace
}  // namespace airnn::test
