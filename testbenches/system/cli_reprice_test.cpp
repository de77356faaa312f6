// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "testbenches/support/source_path.h"
#include "testbenches/system/cli_testing.h"

namespace airnn::test {
namespace {

namespace fs = std::filesystem;
using OrderedJson = nlohmann::ordered_json;

/// `airnn reprice`.
class CliReprice : public CliTest {
 protected:
  CliReprice() {
    good({"compile", model("lenet300-100.onnx"), "-o", "net.airnn", "--clusters", "10", "-q"});
    good({"digits", "--count", "4", "--seed", "3", "-o", "digits"});
  }

  static std::string table(const std::string& name) {
    return source_path("configs/energy/") + name + ".yaml";
  }
  Words simulation(const std::string& memory, const std::string& energy,
                   const std::string& out) const {
    return {"simulate", "net.airnn",
            "--run",    source_path("configs/run/") + memory + ".yaml",
            "--set",    "energy=" + table(energy),
            "--images", "digits-images.idx",
            "--labels", "digits-labels.idx",
            "--first",  "1",
            "--out",    out,
            "-q"};
  }
  void simulate(const std::string& memory, const std::string& energy,
                const std::string& out) const {
    good(simulation(memory, energy, out));
  }
  Words reprice(const std::string& folder, const std::string& energy,
                const std::string& out = "") const {
    Words words = {"reprice", folder, "--energy", energy};
    if (!out.empty()) {
      words.insert(words.end(), {"--out", out});
    }
    return words;
  }
  /// All bytes but those that depend on the host.
  std::string results_of(const std::string& folder) const {
    OrderedJson json = OrderedJson::parse(bytes_of(folder + "/results.json"));
    json.at("summary").erase("host");
    return json.dump(2);
  }
  void expect_same(const std::string& folder, const std::string& due) const {
    EXPECT_EQ(results_of(folder), results_of(due));
    EXPECT_EQ(bytes_of(folder + "/inputs.csv"), bytes_of(due + "/inputs.csv"));
    EXPECT_EQ(bytes_of(folder + "/counts.csv"), bytes_of(due + "/counts.csv"));
  }
  /// Refused, and the three files as they were.
  void expect_refused_with(const std::string& folder, const std::string& energy,
                           const std::string& message) const {
    std::map<std::string, std::string> before;
    for (const auto& entry : fs::directory_iterator(path(folder))) {
      const std::string name = folder + "/" + entry.path().filename().string();
      before[name] = bytes_of(name);
    }
    expect_refused(reprice(folder, energy), message);
    std::size_t files = 0;
    for (const auto& entry : fs::directory_iterator(path(folder))) {
      const std::string name = folder + "/" + entry.path().filename().string();
      EXPECT_EQ(bytes_of(name), before[name]) << name;
      ++files;
    }
    EXPECT_EQ(files, before.size());
  }
  /// The text with the first `from` replaced.
  static std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
  }
};

TEST_F(CliReprice, GivesWhatASimulationWithTheTableGives) {
  std::vector<std::string> tables;
  for (const auto& entry : fs::directory_iterator(fs::path(source_path("configs/energy")))) {
    tables.push_back(entry.path().stem().string());
  }
  ASSERT_GE(tables.size(), 3U);
  for (const std::string memory : {"default", "ddr3"}) {
    std::vector<std::string> fitting;
    for (const std::string& name : tables) {
      if (memory == "ddr3" || name.find("ddr3_idd") == std::string::npos) {
        fitting.push_back(name);
        simulate(memory, name, memory + "-" + name);
      }
    }
    // From each to the next, in a ring, so that each is left and reached.
    for (std::size_t i = 0; i < fitting.size(); ++i) {
      const std::string& from = fitting[i];
      const std::string& to = fitting[(i + 1) % fitting.size()];
      SCOPED_TRACE(memory + ": " + from + " to " + to);
      good(reprice(memory + "-" + from, table(to), "repriced"));
      expect_same("repriced", memory + "-" + to);
    }
  }
}

TEST_F(CliReprice, ReplacesTheFilesByDefault) {
  simulate("default", "horowitz_han_45nm", "run");
  simulate("default", "aladdin_40nm", "due");
  const Json host = json_of("run/results.json").at("summary").at("host");
  good(reprice("run", table("aladdin_40nm")));
  expect_same("run", "due");
  EXPECT_EQ(json_of("run/results.json").at("summary").at("host"), host);
  EXPECT_NE(results_of("run").find("aladdin_40nm"), std::string::npos);
}

TEST_F(CliReprice, TakesAPricedUpTableOfTheUser) {
  simulate("default", "horowitz_han_45nm", "run");
  const double before =
      json_of("run/results.json").at("summary").at("energy_pj").at("multiplication").get<double>();
  std::ifstream file(table("horowitz_han_45nm"));
  std::ostringstream text;
  text << file.rdbuf();
  write("mine.yaml", replaced(text.str(), "multiplication: {pj: 3.1", "multiplication: {pj: 31"));
  good(reprice("run", path("mine.yaml"), "new"));
  const Json energy = json_of("new/results.json").at("summary").at("energy_pj");
  EXPECT_NEAR(energy.at("multiplication").get<double>(), 10 * before, 1e-6 * before);
}

TEST_F(CliReprice, RowsAndBootAreTheWhole) {
  simulate("ddr3", "ddr3_idd", "run");
  std::istringstream lines(bytes_of("run/counts.csv"));
  std::string header;
  std::getline(lines, header);
  std::vector<std::string> names;
  std::istringstream columns(header);
  for (std::string name; std::getline(columns, name, ',');) {
    names.push_back(name);
  }
  std::map<std::string, std::uint64_t> sums;
  std::uint64_t rows = 0;
  for (std::string line; std::getline(lines, line); ++rows) {
    std::istringstream values(line);
    for (const std::string& name : names) {
      std::string value;
      std::getline(values, value, ',');
      sums[name] += std::stoull(value);
    }
  }
  EXPECT_EQ(rows, 3U);
  EXPECT_EQ(sums["index"], 1U + 2 + 3);
  const Json results = json_of("run/results.json");
  for (const char* name : {"multiplication", "dram_index_word", "weight_buffer_read"}) {
    std::uint64_t due = 0;
    for (const Json& iteration : results.at("iterations")) {
      due += iteration.at("counts").at(name).get<std::uint64_t>();
    }
    EXPECT_EQ(sums[name], due) << name;
  }
  std::uint64_t reads = 0;
  for (const Json& iteration : results.at("iterations")) {
    reads += iteration.at("dram").at("commands").at("RD").get<std::uint64_t>();
  }
  EXPECT_EQ(sums["RD"], reads);
}

TEST_F(CliReprice, RefusesCurrentsOfAFlatMemory) {
  simulate("default", "horowitz_han_45nm", "run");
  expect_refused_with("run", table("ddr3_idd"), "the memory has no currents");
}

TEST_F(CliReprice, RefusesTablesThatAreWrong) {
  simulate("default", "horowitz_han_45nm", "run");
  expect_refused_with("run", path("none.yaml"), "none.yaml");
  write("short.yaml", "name: short\nsource: nowhere\nactions: {}\n");
  expect_refused_with("run", path("short.yaml"), "dram_value_word");
  write("more.yaml", "name: more\nsource: nowhere\nvoltage: 1\nactions: {}\n");
  expect_refused_with("run", path("more.yaml"), "more.yaml");
}

TEST_F(CliReprice, RefusesFilesThatAreMissingOrDamaged) {
  expect_refused(reprice("nothing", table("aladdin_40nm")), "nothing/results.json");
  simulate("default", "horowitz_han_45nm", "run");
  for (const char* name : {"results.json", "inputs.csv", "counts.csv"}) {
    const std::string file = std::string("run/") + name;
    const std::string whole = bytes_of(file);
    fs::remove(path(file));
    expect_refused_with("run", table("aladdin_40nm"), name);
    write(file, "");
    expect_refused_with("run", table("aladdin_40nm"), name);
    write(file, whole.substr(0, whole.size() / 2));
    expect_refused_with("run", table("aladdin_40nm"), name);
    write(file, "{\"schema\": 1}\n");
    expect_refused_with("run", table("aladdin_40nm"), name);
    write(file, whole);
  }
  const std::string counts = bytes_of("run/counts.csv");
  write("run/counts.csv", replaced(counts, "\n1,", "\n1,x"));
  expect_refused_with("run", table("aladdin_40nm"), "run/counts.csv:2: expected");
  write("run/counts.csv", replaced(counts, "\n1,", "\n1,1"));
  expect_refused_with("run", table("aladdin_40nm"), "its counts are not those of");
  write("run/counts.csv", counts);
  const std::string inputs = bytes_of("run/inputs.csv");
  write("run/inputs.csv", replaced(inputs, "\n2,", "\n7,"));
  expect_refused_with("run", table("aladdin_40nm"), "run/inputs.csv:3: expected input 2");
  write("run/inputs.csv", inputs);
  const std::string results = bytes_of("run/results.json");
  write("run/results.json", replaced(results, "\"idle_multiplication\"", "\"idle\""));
  expect_refused_with(
      "run", table("aladdin_40nm"),
      "run/results.json: not the results of a run: /summary/counts/idle: expected the name");
  write("run/results.json",
        replaced(results, "\"latency_cycles\": 120", "\"latency_cycles\": \"x\""));
  expect_refused_with("run", table("aladdin_40nm"), "latency_cycles");
}

TEST_F(CliReprice, LeavesAllFilesWhereOneCannotBeWritten) {
  simulate("default", "horowitz_han_45nm", "run");
  const std::string results = bytes_of("run/results.json");
  const std::string inputs = bytes_of("run/inputs.csv");
  ProgramSetting setting;
  setting.file_size_limit = static_cast<long>(results.size() / 2);
  const ProgramRun run = airnn(reprice("run", table("aladdin_40nm")), setting);
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_EQ(bytes_of("run/results.json"), results);
  EXPECT_EQ(bytes_of("run/inputs.csv"), inputs);
  expect_refused(reprice("run", table("aladdin_40nm"), "net.airnn"), "--out: net.airnn");
  fs::create_directories(path("out/inputs.csv"));
  expect_refused(reprice("run", table("aladdin_40nm"), "out"), "inputs.csv' is a folder");
  EXPECT_FALSE(fs::exists(path("out/results.json")));
}

TEST_F(CliReprice, TakesResultsOfSeveralJobs) {
  Words words = simulation("ddr3", "ddr3_idd", "jobs");
  words.insert(words.end(), {"--jobs", "3"});
  good(words);
  simulate("ddr3", "aladdin_40nm", "due");
  good(reprice("jobs", table("aladdin_40nm")));
  expect_same("jobs", "due");
}

}  // namespace
}  // namespace airnn::test
