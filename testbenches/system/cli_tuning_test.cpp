// SPDX-License-Identifier: Apache-2.0
#include "testbenches/support/source_path.h"
#include "testbenches/system/cli_testing.h"

namespace airnn::test {
namespace {

/// Weights tuned for the multipliers of a machine.
class CliTuning : public CliTest {
 protected:
  CliTuning() {
    write("m.yaml", "multipliers:\n  mask: {formula: mask, a_bits: 0, b_bits: 4}\n");
    write("machine.yaml", "multipliers: m.yaml\nelements: [mask, exact]\nlayers:\n" +
                              layer("/0/Conv", 0) + layer("/3/Conv", 1));
    write("run.yaml",
          "accelerator: machine.yaml\nmemory: " + source_path("configs/memory/flat.yaml") +
              "\nenergy: " + source_path("configs/energy/horowitz_han_8bit.yaml") + "\n");
  }

  static std::string layer(const std::string& name, int element) {
    return "  " + name + ": {element: " + std::to_string(element) + "}\n";
  }
  static Words compilation(const std::string& image, const Words& more) {
    Words words = {"compile", model("lenet5.onnx"), "-o", image, "--clusters", "4"};
    words.insert(words.end(), more.begin(), more.end());
    return words;
  }
  void compile(const std::string& image, const Words& more) const {
    Words words = {"--precision", "8", "--accelerator", "machine.yaml", "-q"};
    words.insert(words.end(), more.begin(), more.end());
    good(compilation(image, words));
  }
  Json layers(const std::string& image) const {
    return Json::parse(good({"inspect", image, "--json"}))["network"]["layers"];
  }
};

TEST_F(CliTuning, IsOfTheLayersThatAreNamedAndHaveMultipliersToTuneFor) {
  compile("plain.airnn", {});
  compile("none.airnn", {"--tune-weights", "none"});
  compile("all.airnn", {"--tune-weights", "all"});
  compile("one.airnn", {"--tune-weights", "/0/Conv"});
  compile("exact.airnn", {"--tune-weights", "/3/Conv"});
  EXPECT_TRUE(bytes_of("none.airnn") == bytes_of("plain.airnn"));
  EXPECT_TRUE(bytes_of("exact.airnn") == bytes_of("plain.airnn"));
  EXPECT_TRUE(bytes_of("one.airnn") == bytes_of("all.airnn"));
  for (const Json& layer : layers("all.airnn")) {
    EXPECT_EQ(layer.value("tuned", false), layer["name"] == "/0/Conv") << layer;
  }
  for (const Json& layer : layers("plain.airnn")) {
    EXPECT_FALSE(layer.value("tuned", false)) << layer;
  }
}

TEST_F(CliTuning, IsUnknownToTheMachine) {
  good({"digits", "--count", "20", "--seed", "3", "-o", "d"});
  for (const std::string tuned : {"none", "all"}) {
    compile(tuned + ".airnn", {"--unsigned", "--tune-weights", tuned});
    good({"simulate", tuned + ".airnn", "--run", "run.yaml", "--images", "d-images.idx", "--labels",
          "d-labels.idx", "--out", tuned, "-q"});
  }
  const Json plain = json_of("none/results.json")["summary"];
  const Json tuned = json_of("all/results.json")["summary"];
  EXPECT_GE(tuned["correct"].get<int>(), plain["correct"].get<int>());
  EXPECT_NE(bytes_of("none/inputs.csv"), bytes_of("all/inputs.csv"));
}

TEST_F(CliTuning, IsRefusedWithoutMultipliersToTuneFor) {
  const auto refused = [this](const Words& more, const std::string& message) {
    expect_refused(compilation("no.airnn", more), message);
  };
  refused({"--precision", "8", "--tune-weights", "all"},
          "--tune-weights: there are no multipliers to tune for");
  write("bare.yaml", "lanes: 8\n");
  refused({"--precision", "8", "--accelerator", "bare.yaml", "--tune-weights", "all"},
          "--tune-weights: there are no multipliers to tune for");
  refused({"--tune-weights", "all"}, "--tune-weights: belongs to --precision 8");
  const Words machine = {"--precision", "8", "--accelerator", "machine.yaml", "--tune-weights"};
  const auto named = [&](const std::string& layers, const std::string& message) {
    Words words = machine;
    words.push_back(layers);
    refused(words, message);
  };
  named("/7/Gemm", "--tune-weights: layer '/7/Gemm' has no element");
  named("/0/Con", "--tune-weights: no layer with weights is called '/0/Con'");
  named("none,/0/Conv", "--tune-weights: none and all stand alone");
}

}  // namespace
}  // namespace airnn::test
