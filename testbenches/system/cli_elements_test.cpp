// SPDX-License-Identifier: Apache-2.0
//
// Approximate multipliers per layer, as a user asks for them.
#include <cstdlib>
#include <filesystem>
#include <utility>

#include "testbenches/support/source_path.h"
#include "testbenches/system/cli_testing.h"

namespace airnn::test {
namespace {

class CliElements : public CliTest {
 protected:
  CliElements() {
    write("multipliers.yaml",
          "multipliers:\n"
          "  exact: {formula: exact}\n"
          "  half: {formula: exact, relative_energy: 0.5}\n"
          "  trunc_6: {formula: trunc, columns: 6}\n"
          "  bam_2_8: {formula: bam, rows: 2, columns: 8}\n");
    good({"digits", "--count", "3", "--seed", "3", "-o", "digits"});
  }

  /// An accelerator, and a run file for it.
  void machine(const std::string& name, const std::string& keys) const {
    write(name + ".yaml", "multipliers: multipliers.yaml\n" + keys);
    write(name + "-run.yaml",
          "accelerator: " + name + ".yaml\nmemory: " + source_path("configs/memory/flat.yaml") +
              "\nenergy: " + source_path("configs/energy/horowitz_han_8bit.yaml") + "\n");
  }
  void compile(const std::string& image, const Words& more) const {
    Words words = {"compile", model("lenet5.onnx"), "-o", image, "--clusters",
                   "10",      "--precision",        "8",  "-q"};
    words.insert(words.end(), more.begin(), more.end());
    good(words);
  }
  Words simulation(const std::string& image, const std::string& run) const {
    return {"simulate",         image, "--run", run, "--images", "digits-images.idx", "--labels",
            "digits-labels.idx"};
  }
  Json simulate(const std::string& image, const std::string& run, const std::string& out) const {
    Words words = simulation(image, run);
    words.insert(words.end(), {"--out", out, "-q"});
    const ProgramRun done = airnn(words);
    EXPECT_EQ(done.exit_code, 0) << done.err;
    return json_of(out + "/results.json");
  }
  void expect_machine_refused(const std::string& keys, const std::string& message) const {
    machine("wrong", keys);
    expect_refused({"compile", model("lenet5.onnx"), "-o", "wrong.airnn", "--precision", "8",
                    "--accelerator", "wrong.yaml"},
                   message);
  }
};

TEST_F(CliElements, AnExactElementChangesNothing) {
  machine("plain", "");
  machine("exact", "elements: [exact]\nlayers: {/7/Gemm: {element: 0}}\n");
  compile("net.airnn", {});
  compile("exact.airnn", {"--accelerator", "exact.yaml"});
  EXPECT_EQ(bytes_of("exact.airnn"), bytes_of("net.airnn"));
  Json plain = simulate("net.airnn", "plain-run.yaml", "plain");
  Json exact = simulate("net.airnn", "exact-run.yaml", "exact");
  EXPECT_EQ(exact["summary"]["relative_multiplication_energy"], 1.0);
  for (Json* json : {&plain, &exact}) {
    (*json)["summary"].erase("host");
    (*json)["summary"].erase("multipliers");
    (*json)["summary"].erase("relative_multiplication_energy");
    json->erase("config");
    for (Json& layer : (*json)["layers"]) {
      layer.erase("element");
      layer.erase("multiplier");
    }
  }
  EXPECT_EQ(exact, plain);
  EXPECT_EQ(bytes_of("exact/counts.csv"), bytes_of("plain/counts.csv"));
}

TEST_F(CliElements, AMultiplierHasItsOwnCountsAndPrice) {
  machine("half",
          "elements: [half, trunc_6]\n"
          "layers:\n"
          "  /0/Conv: {element: 0}\n"
          "  /3/Conv: {element: 1}\n");
  compile("net.airnn", {"--unsigned", "--accelerator", "half.yaml"});
  const Json json = simulate("net.airnn", "half-run.yaml", "out");
  const Json& counts = json["summary"]["counts"];
  const Json& energy = json["summary"]["energy_pj"];
  EXPECT_DOUBLE_EQ(energy["multiplication:half"],
                   counts["multiplication:half"].get<double>() * 0.5 * 0.2);
  EXPECT_NEAR(energy["multiplication:trunc_6"].get<double>() /
                  (counts["multiplication:trunc_6"].get<double>() * 0.2),
              0.727, 0.001);
  double done = 0;
  double sum = 0;
  for (const Json& layer : json["layers"]) {
    if (layer["layer"] == "/0/Conv") {
      EXPECT_EQ(layer["element"], 0);
      EXPECT_EQ(layer["multiplier"], "half");
    } else if (layer["layer"] == "/7/Gemm") {
      EXPECT_TRUE(layer["element"].is_null());
      EXPECT_EQ(layer["multiplier"], "exact");
    }
    done += layer["multiplications_done"].get<double>();
  }
  for (const Json& type : json["summary"]["multipliers"]) {
    const double count = type["multiplications"].get<double>();
    sum += count * type["relative_energy"].get<double>();
    const std::string name = type["type"].get<std::string>();
    EXPECT_EQ(counts[name == "exact" ? "multiplication" : "multiplication:" + name], count);
  }
  EXPECT_NEAR(json["summary"]["relative_multiplication_energy"].get<double>(), sum / done, 1e-12);
  good({"reprice", "out", "--energy", source_path("configs/energy/horowitz_han_45nm.yaml"), "--out",
        "repriced"});
  EXPECT_DOUBLE_EQ(json_of("repriced/results.json")["summary"]["energy_pj"]["multiplication:half"],
                   counts["multiplication:half"].get<double>() * 0.5 * 3.1);
}

TEST_F(CliElements, AnImageForOtherMultipliersIsRefusedByLayerAndBothNames) {
  machine("one", "elements: [trunc_6]\n");
  machine("other", "elements: [bam_2_8]\n");
  compile("one.airnn", {"--accelerator", "one.yaml"});
  compile("plain.airnn", {});
  expect_refused(simulation("one.airnn", "other-run.yaml"),
                 "layer /0/Conv: the image is compiled for multiplier 'trunc_6', the machine has "
                 "'bam_2_8'");
  expect_refused(simulation("plain.airnn", "other-run.yaml"),
                 "layer /0/Conv: the image is compiled for multiplier 'exact', the machine has "
                 "'bam_2_8'");
  expect_refused(simulation("one.airnn", source_path("configs/run/default.yaml")),
                 "layer /0/Conv: the image is compiled for multiplier");
  EXPECT_EQ(simulate("one.airnn", "one-run.yaml", "out")["summary"]["inputs"], 3);
}

/// What an evaluation says a user types for a point is typed, and gives the same.
TEST_F(CliElements, TheCommandsOfAPointOfAnEvaluationGiveItsResults) {
  for (const std::string name : {"lenet5.onnx", "lenet5.yaml"}) {
    std::filesystem::copy(model(name), path(name));
  }
  write("run.yaml", "memory: " + source_path("configs/memory/flat.yaml") +
                        "\nenergy: " + source_path("configs/energy/horowitz_han_8bit.yaml") + "\n");
  const std::string point =
      "  - network: net\n"
      "    compile.precision: 8\n"
      "    compile.scheme: base\n"
      "    run: run.yaml\n";
  write("e.yaml",
        "title: Some multipliers\n"
        "networks: {net: {model: lenet5.onnx, images: digits-images.idx, labels: "
        "digits-labels.idx}}\n"
        "matrix:\n" +
            point +
            "    compile.tune-weights: all\n"
            "    accelerator.multipliers: multipliers.yaml\n"
            "    accelerator.elements: {both: '[half, trunc_6]'}\n"
            "    accelerator.layers./0/Conv.element: 0\n"
            "    accelerator.layers./3/Conv.element: 1\n"
            "    accelerator.layers./7/Gemm.element: 1\n" +
            point + "    accelerator.elements: {exact: '[exact]'}\n");
  good({"evaluate", "e.yaml", "--out", "evaluation", "-q"});
  const Json points = json_of("evaluation/plan.json")["points"];
  EXPECT_EQ(points[0]["exact_key"], points[1]["exact_key"]);
  ASSERT_EQ(points[0]["commands"].size(), 3U);
  EXPECT_EQ(points[1]["commands"].size(), 2U) << "exact ones need no file";
  std::string script = "cd '" + path("") + "'\nairnn() { '" + AIRNN_PROGRAM + "' \"$@\" -q; }\n";
  for (const std::string command : points[0]["commands"]) {
    const bool simulates = command.rfind("airnn simulate", 0) == 0;
    script += command + (simulates ? " --out typed" : "") + " || exit 1\n";
  }
  write("typed.sh", script);
  ASSERT_EQ(std::system(("bash '" + path("typed.sh") + "'").c_str()), 0) << script;
  Json typed = json_of("typed/results.json");
  typed["summary"].erase("host");
  const std::string run = points[0]["run_key"];
  EXPECT_EQ(typed["summary"], json_of("evaluation/runs/" + run.substr(0, 2) + "/" + run +
                                      "/results.json")["summary"]);
  EXPECT_LT(typed["summary"]["relative_multiplication_energy"], 0.8);
}

TEST_F(CliElements, WhatCannotBeIsRefused) {
  expect_machine_refused("elements: [trunc_7]\n",
                         "wrong.yaml:2: elements: multipliers.yaml has no multiplier 'trunc_7'; "
                         "did you mean 'trunc_6'?");
  expect_machine_refused("layers: {/0/Conv: {element: 0}}\n",
                         "there are no elements; expected a list 'accelerator.elements'");
  expect_machine_refused("elements: [exact]\nlayers: {/0/Conv: {element: 1}}\n",
                         "layers./0/Conv.element: expected");
  expect_machine_refused("elements: [exact, trunc_6]\nlayers: {/0/Conv: {element: 1}}\n",
                         "layer /3/Conv names none of the elements; expected "
                         "layers./3/Conv.element: 0 to 1");
  expect_machine_refused("elements: [exact]\nlayers: {/0/Cov: {element: 0}}\n",
                         "network lenet5 has no layer of this name; did you mean '/0/Conv'?");
  expect_machine_refused("organisation: shared\n", "organisation: there are no elements");
  expect_machine_refused("elements: [exact]\norganisation: shard\n",
                         "organisation: expected one of layered, shared, found 'shard'");
  machine("one", "elements: [trunc_6]\n");
  expect_refused({"compile", model("lenet5.onnx"), "-o", "a.airnn", "--accelerator", "one.yaml"},
                 "multiplier 'trunc_6' has 8-bit operands, but the image has 32 bits; expected one "
                 "of --precision 8");
  expect_refused({"compile", model("lenet5.onnx"), "-o", "a.airnn", "--unsigned"},
                 "--unsigned: belongs to --precision 8; the precision is 32");
}

}  // namespace
}  // namespace airnn::test
