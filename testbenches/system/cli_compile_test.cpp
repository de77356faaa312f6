// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <array>

#include "testbenches/support/source_path.h"
#include "testbenches/system/cli_testing.h"

namespace airnn::test {
namespace {

using testing::HasSubstr;

using CliCompile = CliTest;

TEST_F(CliCompile, ReachesThePublishedFractionsOfLeNet300WithTenClusters) {
  good({"compile", model("lenet300-100.onnx"), "-o", "a.airnn", "--clusters", "10", "--json",
        "a.json"});
  const Json report = json_of("a.json");
  constexpr std::array<double, 5> kFractions{.0094, .0519, .1572, .3599, 1};
  ASSERT_EQ(report["cumulative_fraction"].size(), kFractions.size());
  for (std::size_t i = 0; i < kFractions.size(); ++i) {
    EXPECT_NEAR(report["cumulative_fraction"][i].get<double>(), kFractions[i], 0.0002);
    EXPECT_EQ(report["batches"][i]["cumulative_fraction"], report["cumulative_fraction"][i]);
  }
  EXPECT_EQ(report["layers"][0]["clusters"], 10);
  EXPECT_EQ(report["layers"][0]["cluster_values"].size(), 10U);
  EXPECT_EQ(report["weights"], 266200);
  EXPECT_EQ(files(), (std::set<std::string>{"a.airnn", "a.json"}));
}

TEST_F(CliCompile, PrintsLayersBatchesAndChecksum) {
  const std::string out = good(
      {"compile", model("lenet5.onnx"), "-o", "a.airnn", "--clusters", "4", "--json", "a.json"});
  EXPECT_THAT(out, HasSubstr("lenet5.onnx -> a.airnn"));
  EXPECT_THAT(out, HasSubstr("/3/Conv"));
  EXPECT_THAT(out, HasSubstr("non-zero kernels"));
  EXPECT_THAT(out, HasSubstr("checksum " + json_of("a.json")["checksum"].get<std::string>()));
}

TEST_F(CliCompile, GivesLayersUniqueNamesThatNoUnitHas) {
  const std::string onnx = source_path("testbenches/cases/layers_named_as_units.onnx");
  const std::string out = good({"compile", onnx, "-o", "a.airnn", "--json", "a.json"});
  const Json report = json_of("a.json");
  std::set<std::string> names;
  for (const Json& layer : report["layers"]) {
    EXPECT_TRUE(names.insert(layer["name"]).second) << layer["name"];
  }
  for (const char* unit :
       {"flat_memory", "ddr3_controller", "read_weight_controller", "score_calculation"}) {
    EXPECT_EQ(names.count(unit), 0U);
  }
  ASSERT_FALSE(report["renamed_layers"].empty());
  for (const Json& layer : report["renamed_layers"]) {
    EXPECT_EQ(names.count(layer["to"]), 1U);
    EXPECT_THAT(out, HasSubstr("layer '" + layer["from"].get<std::string>() + "' is called '" +
                               layer["to"].get<std::string>() + "': "));
  }
}

TEST_F(CliCompile, IsSilentWhenQuiet) {
  EXPECT_EQ(good({"compile", model("lenet5.onnx"), "-o", "a.airnn", "--clusters", "2", "-q"}), "");
}

TEST_F(CliCompile, TakesTheElbowOfTheNetworkByDefault) {
  good({"compile", model("lenet300-100.onnx"), "-o", "a.airnn", "--json", "a.json"});
  const Json report = json_of("a.json");
  ASSERT_TRUE(report["network_elbow"].is_number());
  EXPECT_GT(report["network_elbow"], 2);
  EXPECT_EQ(report["elbow_curve"].size(), 20U);
  for (const Json& layer : report["layers"]) {
    EXPECT_EQ(layer["clusters"], report["network_elbow"]);
  }
}

TEST_F(CliCompile, GivesEqualBytesForAnyNumberOfJobs) {
  const Words words{"compile", model("lenet5.onnx"), "-o", "a.airnn", "--json", "a.json", "--jobs"};
  const auto run = [&](const std::string& jobs) {
    Words all = words;
    all.push_back(jobs);
    const std::string out = good(all);
    return out + bytes_of("a.airnn") + bytes_of("a.json");
  };
  const std::string once = run("1");
  EXPECT_TRUE(run("1") == once);
  EXPECT_TRUE(run("2") == once);
}

TEST_F(CliCompile, GivesEqualInterleavedImagesForAnyNumberOfJobs) {
  const auto run = [&](const std::string& jobs) {
    const std::string out =
        good({"compile", model("lenet5.onnx"), "-o", "a.airnn", "--clusters", "8", "--scheme",
              "interleaved", "--grouping", "best", "--json", "a.json", "--jobs", jobs});
    return out + bytes_of("a.airnn") + bytes_of("a.json");
  };
  const std::string once = run("1");
  EXPECT_TRUE(run("2") == once);
  EXPECT_THAT(once, HasSubstr("scheme interleaved, 32 bit values, 16 bit indices, 4 iterations"));
  EXPECT_THAT(once, HasSubstr("policy block"));
  EXPECT_THAT(once, HasSubstr("speed-up"));
  EXPECT_EQ(json_of("a.json")["interleaving"]["grouping"], "best");
}

TEST_F(CliCompile, RandomStartDependsOnTheSeedAlone) {
  const auto run = [&](const std::string& seed) {
    good({"compile", model("lenet300-100.onnx"), "-o", "a.airnn", "--clusters", "12", "--init",
          "random", "--seed", seed});
    return bytes_of("a.airnn");
  };
  const std::string first = run("1");
  EXPECT_TRUE(run("1") == first);
  EXPECT_FALSE(run("2") == first);
}

TEST_F(CliCompile, TakesPreprocessingFromBesideTheModelAFileAndOptions) {
  const auto preprocess = [&](const Words& options) {
    Words words{"compile", model("cifar10.onnx"), "-o", "a.airnn", "--json",
                "a.json",  "--clusters",          "2",  "-q"};
    words.insert(words.end(), options.begin(), options.end());
    good(words);
    return json_of("a.json")["network"]["preprocess"];
  };
  Json expected = {
      {"scale", 0.00392156862745098}, {"mean", {.5, .5, .5}}, {"std", {.25, .25, .25}}};
  EXPECT_EQ(preprocess({}), expected);

  write("other.yaml", "preprocess: {scale: 0.5, mean: [1.0, 2.0, 3.0]}\n");
  expected = {{"scale", .5}, {"mean", {1., 2., 3.}}, {"std", {1., 1., 1.}}};
  EXPECT_EQ(preprocess({"--preprocess", "other.yaml"}), expected);

  expected["mean"] = {-.5, -.5, -.5};
  expected["std"] = {1., 2., 4.};
  EXPECT_EQ(preprocess({"--preprocess", "other.yaml", "--mean", "-0.5", "--std", "1,2,4"}),
            expected);
}

/// One preprocessed 28x28 image, all elements `value`, as a NumPy file.
std::string constant_image(float value) {
  std::string header = "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 28, 28), }";
  header.resize(117, ' ');
  std::string bytes = std::string("\x93NUMPY\x01\x00\x76\x00", 10) + header + "\n";
  for (int i = 0; i < 28 * 28; ++i) {
    bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  return bytes;
}

TEST_F(CliCompile, FitsFormatsToCalibrationImages) {
  const auto formats = [&](const Words& options) {
    Words words{"compile", model("lenet300-100.onnx"),
                "-o",      "a.airnn",
                "--json",  "a.json",
                "-q",      "--clusters",
                "4"};
    words.insert(words.end(), options.begin(), options.end());
    good(words);
    std::vector<int> bits;
    const Json report = json_of("a.json");
    for (const Json& layer : report["layers"]) {
      bits.push_back(layer["output_format"]["fraction_bits"].get<int>());
    }
    return bits;
  };
  write("small.npy", constant_image(0));
  write("large.npy", constant_image(1000));
  const std::vector<int> synthetic = formats({});
  EXPECT_EQ(formats({"--calibrate", "small.npy"}), synthetic);
  const std::vector<int> wide = formats({"--calibrate", "large.npy"});
  for (std::size_t i = 0; i < synthetic.size(); ++i) {
    EXPECT_LE(wide[i], synthetic[i]) << "layer " << i;
  }
  EXPECT_NE(wide, synthetic);
}

TEST_F(CliCompile, WritesADenseImageForSchemeBase) {
  good({"compile", model("lenet5.onnx"), "-o", "a.airnn", "--scheme", "base", "--precision", "16",
        "--json", "a.json"});
  const Json report = json_of("a.json");
  EXPECT_EQ(report["iterations"], 1);
  EXPECT_TRUE(report["index_width"].is_null());
  EXPECT_EQ(report["batches"][0]["bytes"]["value"], 2 * 430500);
  EXPECT_EQ(report["batches"][0]["bytes"]["column"], 0);
}

TEST_F(CliCompile, TakesOptionsOfClusteringForSchemeBaseToo) {
  good({"compile", model("lenet300-100.onnx"), "-o", "a.airnn", "--scheme", "base", "-q"});
  good({"compile", model("lenet300-100.onnx"), "-o", "b.airnn", "--scheme", "base", "--clusters",
        "10", "--batch-order", "signed", "-q"});
  EXPECT_EQ(bytes_of("a.airnn"), bytes_of("b.airnn"));
}

TEST_F(CliCompile, KeepsLayersWholeThatAreAlwaysLoaded) {
  good({"compile", model("lenet5.onnx"), "-o", "a.airnn", "--clusters", "6", "--always-loaded",
        "first,last", "--json", "a.json"});
  const Json report = json_of("a.json");
  EXPECT_EQ(report["layers"][0]["clusters"], 0);
  EXPECT_EQ(report["layers"][1]["clusters"], 6);
  EXPECT_EQ(report["batches"][0]["layers"][0]["fraction"], 1.0);
  EXPECT_EQ(report["batches"][0]["layers"][3]["fraction"], 1.0);
}

TEST_F(CliCompile, DefaultIndexWidthIsTheSameAsSixteen) {
  good({"compile", model("lenet5.onnx"), "-o", "a.airnn", "--clusters", "4", "-q"});
  good({"compile", model("lenet5.onnx"), "-o", "b.airnn", "--clusters", "4", "--index-width", "16",
        "-q"});
  EXPECT_TRUE(bytes_of("a.airnn") == bytes_of("b.airnn"));
  good({"compile", model("lenet5.onnx"), "-o", "c.airnn", "--clusters", "4", "--index-width", "32",
        "-q"});
  EXPECT_GT(bytes_of("c.airnn").size(), bytes_of("a.airnn").size());
}

}  // namespace
}  // namespace airnn::test
