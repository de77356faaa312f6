// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "hw/sim/parameters/run_parameters.h"
#include "hw/sim/reprice.h"
#include "hw/sim/results_of_run.h"
#include "hw/sim/run_config.h"
#include "sw/format/errors.h"
#include "sw/results/record_codec.h"
#include "sw/results/stored_run.h"
#include "testbenches/contract/memory/fixed_memory.h"
#include "testbenches/support/golden_comparison.h"
#include "testbenches/support/source_path.h"
#include "testbenches/support/temporary_file.h"
#include "testbenches/system/child_process.h"
#include "testbenches/system/random_run.h"

namespace airnn::test {
namespace {

using testing::HasSubstr;

RunTables larger_tables() {
  RunTables tables = built_in_tables();
  tables.memories.push_back(fixed_memory_row());
  return tables;
}

/// A machine, whose memory is none of the project's, named in a run file.
class ForeignMemory : public testing::TestWithParam<unsigned> {
 protected:
  ForeignMemory() : random_(GetParam()), image_(image_of(random_.model(), random_.options())) {
    for (int i = 0; i < 3; ++i) {
      inputs_.push_back(random_.input(image_.network()));
    }
  }

  RunConfig config(const std::string& model, const RunTables& tables) const {
    const TemporaryFile file(
        "accelerator: {prefetch: next}\nmemory: {model: " + model + "}\nenergy: " +
            source_path("configs/energy/horowitz_han_45nm.yaml") + "\nthreshold: 10\n",
        ".yaml");
    return read_run_config(file.path(), {}, image_.network(), tables);
  }

  GoldenComparison run(const AcceleratorParams& params) const {
    return compare_with_golden(params, image_, inputs_);
  }

  RandomModel random_;
  MemoryImage image_;
  Maps inputs_;
};

nlohmann::json json_of(const RunRecord& record) {
  return nlohmann::json::from_cbor(encode_record(record));
}

/// Whether the memory says in the call when a burst comes, or later, shows nowhere.
TEST_P(ForeignMemory, RunsInAWholeMachineWhicheverWayItAnswers) {
  const AcceleratorParams params = config("fixed", larger_tables()).accelerator;
  AcceleratorParams at_once = params;
  at_once.memory = fixed_memory({FixedMemoryParams().latency_cycles, true, false});
  const RunRecord due = decode_record(in_child([&] { return encode_record(run(at_once).record); }));
  const GoldenComparison got = run(params);
  EXPECT_EQ(got.difference, "");
  EXPECT_GT(got.maps_compared, 0U);
  EXPECT_GT(got.record.units.front().working, 0U);
  EXPECT_EQ(got.record.units.front().name, "fixed_memory");
  EXPECT_EQ(nlohmann::json::diff(json_of(due), json_of(got.record)).dump(), "[]");
}

TEST_P(ForeignMemory, IsNotObservedIfItTellsNothing) {
  const AcceleratorParams params = config("fixed", larger_tables()).accelerator;
  AcceleratorParams silent = params;
  silent.memory = fixed_memory({FixedMemoryParams().latency_cycles, false, true});
  RunRecord due = decode_record(in_child([&] { return encode_record(run(params).record); }));
  const UnitRecord unknown = {due.units.front().name, 0, 0, 0, false};
  due.units.front() = due.boot_units.front() = unknown;
  for (IterationRecord& iteration : due.iterations) {
    iteration.units.front() = unknown;
  }
  const GoldenComparison got = run(silent);
  EXPECT_EQ(got.difference, "");
  EXPECT_EQ(nlohmann::json::diff(json_of(due), json_of(got.record)).dump(), "[]");
}

/// The files of a run with it name it, and are priced by another table as those of any run.
TEST_P(ForeignMemory, IsRepriced) {
  const RunTables tables = larger_tables();
  const RunConfig config = this->config("fixed", tables);
  const GoldenComparison got = run(config.accelerator);
  const RunFiles files = run_files(results_of_run(image_, "image", config, got.record));
  const StoredRun stored = StoredRun::parse(files.results_json, "results.json");
  EXPECT_EQ(stored.config.at("memory").dump(), "{\"model\":\"fixed\",\"latency_cycles\":7}");
  EXPECT_FALSE(stored.has_channel());
  const std::string table = source_path("configs/energy/aladdin_40nm.yaml");
  const RunFiles priced = reprice(files, "out", table, tables);
  EXPECT_NE(StoredRun::parse(priced.results_json, "results.json").energy.total,
            stored.energy.total);
  EXPECT_EQ(priced.counts_csv, files.counts_csv);
  EXPECT_THROW(reprice(files, "out", table), ConfigError);
}

INSTANTIATE_TEST_SUITE_P(Seeds, ForeignMemory, testing::Range(100U, 106U));

TEST(ForeignMemoryInATable, IsUnknownToTheProjectsOwn) {
  RandomModel random(1);
  const MemoryImage image = image_of(random.model(), random.options());
  const TemporaryFile file("memory: {model: fixed}\nenergy: {}\n", ".yaml");
  try {
    read_run_config(file.path(), {}, image.network());
    FAIL() << "accepted";
  } catch (const ConfigError& error) {
    EXPECT_THAT(error.what(), HasSubstr("flat, ddr3"));
  }
  try {
    read_run_config(file.path(), {}, image.network(), larger_tables());
    FAIL() << "the energy table is empty";
  } catch (const ConfigError& error) {
    EXPECT_THAT(error.what(), HasSubstr("energy"));
  }
}

TEST(ForeignMemoryInATable, IsNotCalledAsALayer) {
  RandomModel random(1);
  const MemoryImage image = image_of(random.model(), random.options());
  Network network = image.network();
  network.layers.back().name = fixed_memory().unit;
  const TemporaryFile file("memory: {model: fixed}\nenergy: {}\n", ".yaml");
  try {
    read_run_config(file.path(), {}, network, larger_tables());
    FAIL() << "accepted";
  } catch (const ConfigError& error) {
    EXPECT_THAT(error.what(), HasSubstr("is called as its unit, fixed_memory"));
  }
}

/// Reader, messages and the list of keys know it by its row alone.
TEST(ForeignMemoryInATable, HasItsKeysFromItsRow) {
  const MemoryTable memories = larger_tables().memories;
  const auto read = [&](const std::string& text) {
    const ConfigReader reader = ConfigDocument::from_text(text, "m.yaml").reader();
    const MemoryModel memory = read_memory_config(reader, memories);
    reader.finish();
    return memory.name;
  };
  EXPECT_EQ(read("model: fixed\nlatency_cycles: 9\n"), "fixed");
  const auto refusal = [&](const std::string& text) -> std::string {
    try {
      read(text);
    } catch (const ConfigError& error) {
      return error.what();
    }
    return "accepted";
  };
  EXPECT_THAT(refusal("model: fixed\nlatency_cycles: 0\n"), HasSubstr("m.yaml:2"));
  EXPECT_THAT(refusal("model: fixed\nlatency: 9\n"), HasSubstr("unknown key 'latency'"));
  EXPECT_THAT(refusal("model: fixe\n"), HasSubstr("flat, ddr3, fixed"));

  std::vector<std::string> keys;
  for (const ParameterSection& section : all_run_parameters(larger_tables())) {
    if (section.title == "memory of model fixed") {
      for (const ParameterText& key : section.keys) {
        keys.push_back(section.prefix + key.key + " " + key.fallback);
      }
    }
  }
  EXPECT_THAT(keys, testing::ElementsAre("memory.latency_cycles 7"));
}

}  // namespace
}  // namespace airnn::test
