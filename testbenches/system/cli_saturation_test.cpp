// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <fstream>
#include <iterator>
#include <sstream>

#include "testbenches/support/source_path.h"
#include "testbenches/system/cli_testing.h"

namespace airnn::test {
namespace {

using testing::HasSubstr;

/// A small network, and real numbers of which many lie beyond the range of pixels.
class CliSaturation : public CliTest {
 protected:
  CliSaturation() {
    write("beyond.npy", npy(numbers()));
    std::vector<float> twice = numbers();
    twice.insert(twice.end(), twice.begin(), twice.end());
    write("twice.npy", npy(twice));
  }

  static std::string case_file(const std::string& name) {
    return source_path("testbenches/cases/" + name);
  }

  /// Four maps of 1x8x8, as NumPy writes them.
  static std::vector<float> numbers() {
    std::ifstream file(case_file("floats_beyond_pixels.npy"), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    std::vector<float> values(4 * 64);
    std::memcpy(values.data(), bytes.data() + bytes.size() - 4 * values.size(), 4 * values.size());
    return values;
  }

  static std::string npy(const std::vector<float>& values) {
    std::string head = "{'descr': '<f4', 'fortran_order': False, 'shape': (" +
                       std::to_string(values.size() / 64) + ", 1, 8, 8), }";
    head.resize(117, ' ');
    head += '\n';
    std::string bytes = std::string("\x93NUMPY\x01\x00", 8) + static_cast<char>(head.size()) +
                        std::string(1, '\0') + head;
    bytes.append(reinterpret_cast<const char*>(values.data()), 4 * values.size());
    return bytes;
  }

  void compile(const Words& options) const {
    Words words{
        "compile", case_file("small.onnx"), "-o", "a.airnn", "-q", "--json", "a.json", "--clusters",
        "4"};
    words.insert(words.end(), options.begin(), options.end());
    good(words);
  }

  static Words simulation(const std::string& images, const Words& options) {
    Words words{"simulate", "a.airnn", "--run", source_path("configs/run/default.yaml"),
                "--images", images,    "--out", "out"};
    words.insert(words.end(), options.begin(), options.end());
    return words;
  }

  /// results.json without what depends on the host.
  Json results(const std::string& images, const Words& options = {}) const {
    const ProgramRun run = airnn(simulation(images, options));
    EXPECT_EQ(run.exit_code, 0) << run.err;
    Json json = json_of("out/results.json");
    json["summary"].erase("host");
    return json;
  }

  static std::uint64_t sum(const Json& results, const char* key) {
    std::uint64_t total = 0;
    for (const Json& layer : results["layers"]) {
      total += layer[key].get<std::uint64_t>();
    }
    return total;
  }
};

TEST_F(CliSaturation, IsCountedForInputsAndTold) {
  compile({});
  const ProgramRun run = airnn(simulation("beyond.npy", {}));
  EXPECT_EQ(run.exit_code, 0);
  EXPECT_THAT(run.err, HasSubstr("airnn: warning: "));
  EXPECT_THAT(run.err, HasSubstr("% of the elements of the inputs"));
  EXPECT_THAT(run.err, HasSubstr("--calibrate"));
  EXPECT_EQ(std::count(run.err.begin(), run.err.end(), '\n'), 1);
  EXPECT_EQ(airnn(simulation("beyond.npy", {"-q"})).err, "");

  const Json format = json_of("a.json")["network"]["input_format"];
  const double one = std::ldexp(1.0, format["fraction_bits"].get<int>());
  std::uint64_t beyond = 0;
  for (const float value : numbers()) {
    const double integer = std::round(static_cast<double>(value) * one);
    beyond += integer > 2147483647.0 || integer < -2147483648.0 ? 1 : 0;
  }
  EXPECT_GT(beyond, 50U);
  const Json inputs = results("beyond.npy")["summary"]["saturation"]["inputs"];
  EXPECT_EQ(inputs, (Json{{"elements", 256}, {"saturated", beyond}}));
}

TEST_F(CliSaturation, DoesNotHappenToInputsLikeThoseOfTheCalibration) {
  for (const char* precision : {"32", "16", "8"}) {
    compile({"--calibrate", "beyond.npy", "--precision", precision});
    EXPECT_EQ(airnn(simulation("beyond.npy", {"-q"})).err, "");
    const Json saturation = results("beyond.npy")["summary"]["saturation"];
    EXPECT_EQ(saturation["inputs"]["saturated"], 0) << precision;
  }
}

/// Largest output less second largest, of the network in floating point.
TEST_F(CliSaturation, LeavesTheRightScoresOnceCalibrated) {
  compile({"--calibrate", "beyond.npy"});
  results("beyond.npy", {"--set", "score=raw", "--threshold", "1e5", "-q"});
  std::istringstream rows(bytes_of("out/inputs.csv"));
  std::string row;
  std::getline(rows, row);
  for (const double right : {0.107, 0.301, 0.225, 0.034}) {
    ASSERT_TRUE(std::getline(rows, row));
    // index, label, prediction, iterations, a score per iteration, cycles, bytes, energy
    std::vector<std::string> cells;
    std::istringstream line(row);
    for (std::string cell; std::getline(line, cell, ',');) {
      cells.push_back(cell);
    }
    EXPECT_NEAR(std::stod(cells[cells.size() - 4]), right, 0.0006) << row;
  }
}

TEST_F(CliSaturation, IsToldOfEveryPointOfAnEvaluation) {
  write("e.yaml", "title: Beyond\nnetworks:\n  net:\n    model: " + case_file("small.onnx") +
                      "\n    images: beyond.npy\nmatrix:\n  - network: net\n"
                      "    compile.clusters: [2, 3]\n    run: " +
                      source_path("configs/run/default.yaml") + "\n");
  const ProgramRun run = airnn({"evaluate", "e.yaml", "--out", "out"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.err, HasSubstr("airnn: warning: point 0 (e): "));
  EXPECT_THAT(run.err, HasSubstr("airnn: warning: point 1 (e): "));
  EXPECT_EQ(airnn({"evaluate", "e.yaml", "--out", "quiet", "-q"}).err, "");
}

TEST_F(CliSaturation, CountsAreSumsOverRunsWhateverTheJobs) {
  // The threshold is never reached: every input takes every iteration.
  const Words all{"--set", "score=raw", "--threshold", "1e5", "-q"};
  compile({"--precision", "8"});
  const Json once = results("beyond.npy", all);
  EXPECT_GT(sum(once, "saturated"), 0U) << "a layer must saturate, or nothing is shown";
  EXPECT_EQ(once["summary"]["saturation"]["layers"]["saturated"], sum(once, "saturated"));
  EXPECT_EQ(once["summary"]["saturation"]["layers"]["elements"], sum(once, "elements"));

  const Json twice = results("twice.npy", all);
  for (std::size_t i = 0; i < once["layers"].size(); ++i) {
    for (const char* key : {"elements", "saturated"}) {
      EXPECT_EQ(twice["layers"][i][key].get<std::uint64_t>(),
                2 * once["layers"][i][key].get<std::uint64_t>())
          << once["layers"][i].dump();
    }
  }
  for (const char* jobs : {"2", "3"}) {
    Words words = all;
    words.insert(words.end(), {"--jobs", jobs});
    EXPECT_EQ(results("twice.npy", words), twice);
  }
}

}  // namespace
}  // namespace airnn::test
