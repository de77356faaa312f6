// SPDX-License-Identifier: Apache-2.0
//
// Engines and products that are not built in, in whole machines with monitors, waveform and
// recorder.
#include <gtest/gtest.h>

#include <random>
#include <set>

#include "hw/sim/run_config.h"
#include "hw/sim/simulation.h"
#include "sw/format/errors.h"
#include "testbenches/contract/odd_plus_one.h"
#include "testbenches/contract/serial_engine.h"
#include "testbenches/support/golden_comparison.h"
#include "testbenches/support/inputs_in_turn.h"
#include "testbenches/support/scratch_folder.h"
#include "testbenches/support/source_path.h"
#include "testbenches/support/vcd_file.h"
#include "testbenches/system/random_run.h"
#include "testbenches/unit/golden/naive_inference.h"

namespace airnn::test {
namespace {

using golden::test::Multiply;
using golden::test::SmallNetwork;

constexpr FixedFormat kFormat{16, 4};
constexpr const char* kPriceSource = "energy.actions.multiplication.classes.odd.source=test";

/// Two convolutions, of which the second has a second operand and a pooling stage, and a fully
/// connected layer; in two batches. Every tenth weight is zero, and many are odd.
class SmallMachine {
 public:
  explicit SmallMachine(unsigned seed) : network({2, 6, 6}, kFormat), random_(seed) {
    const Window window{3, 3, 1, 1, 1, 1, 1, 1};
    add(golden::test::convolution({2, 6, 6}, 4, window, kFormat, {16, 6}));
    Layer second = golden::test::convolution({4, 6, 6}, 4, window, kFormat, {16, 6});
    second.source = 0;
    second.skip = 0;
    golden::test::pool_behind(second, PoolKind::max, {2, 2, 2, 2, 0, 0, 0, 0});
    add(second);
    Layer last = golden::test::fully_connected({4, 3, 3}, 5, kFormat, {16, 8});
    last.source = 1;
    add(last);
    network.iterations = 2;
  }

  std::vector<std::int32_t> input() {
    std::vector<std::int32_t> map(static_cast<std::size_t>(network.network.input.size()));
    for (std::int32_t& pixel : map) {
      pixel = pick(-60, 60);
    }
    return map;
  }

  SmallNetwork network;

 private:
  std::int32_t pick(std::int32_t low, std::int32_t high) {
    return std::uniform_int_distribution<std::int32_t>(low, high)(random_);
  }
  void add(const Layer& layer) {
    std::vector<std::int32_t> weights(static_cast<std::size_t>(layer.kernels * layer.columns));
    std::vector<int> batches;
    for (std::int32_t& weight : weights) {
      weight = pick(1, 10) == 1 ? 0 : pick(-40, 40);
      batches.push_back(pick(1, 2));
    }
    network.add(layer, weights);
    network.batches.back() = batches;
  }

  std::mt19937 random_;
};

/// What the configuration names for a layer, and what its multipliers make.
struct Chosen {
  std::string engine;
  std::string product;

  Multiply multiply() const {
    return product == "odd_plus_one" ? Multiply(OddPlusOne::multiply) : Multiply();
  }
};

struct MachineCase {
  std::string name;
  std::string handoff;
  std::vector<Chosen> layers;
};

class ExtendedMachine : public testing::TestWithParam<MachineCase> {
 protected:
  ExtendedMachine() : small_(7), image_(small_.network.image()) {
    for (int i = 0; i < 2; ++i) {
      inputs_.push_back(small_.input());
    }
  }

  AcceleratorParams params() const {
    std::vector<ConfigAssignment> sets = {{"threshold=100000", {}},
                                          {"accelerator.handoff=" + GetParam().handoff, {}},
                                          {"accelerator.elements=[exact, odd_plus_one]", {}},
                                          {"energy.actions.multiplication.classes.odd.pj=2", {}},
                                          {kPriceSource, {}}};
    for (std::size_t l = 0; l < GetParam().layers.size(); ++l) {
      const std::string layer = "accelerator.layers.layer" + std::to_string(l);
      sets.push_back({layer + ".engine=" + GetParam().layers[l].engine, {}});
      const bool is_odd = GetParam().layers[l].product == "odd_plus_one";
      sets.push_back({layer + ".element=" + (is_odd ? "1" : "0"), {}});
    }
    return read_run_config(source_path("configs/run/default.yaml"), sets, image_.network(),
                           {built_in_memories(), extended_engines()})
        .accelerator;
  }

  SimulationOptions options() {
    SimulationOptions options;
    options.wave.file = wave_;
    options.on_values = [this](std::uint32_t input, std::uint32_t iteration, std::uint32_t layer,
                               const std::vector<std::int32_t>& values) {
      ++maps_;
      EXPECT_EQ(values, naive(input, iteration).outputs[layer])
          << "layer " << layer << ", input " << input << ", iteration " << iteration;
    };
    return options;
  }

  golden::test::NaiveInference naive(std::uint32_t input, std::uint32_t iteration,
                                     bool exact = false) const {
    std::vector<Multiply> multiply;
    for (const Chosen& chosen : GetParam().layers) {
      multiply.push_back(exact ? Multiply() : chosen.multiply());
    }
    return golden::test::naive_inference(small_.network, inputs_[input],
                                         static_cast<int>(iteration), multiply);
  }

  std::uint64_t loaded(std::size_t layer, int iteration) const {
    std::uint64_t count = 0;
    for (std::size_t w = 0; w < small_.network.weights[layer].size(); ++w) {
      count +=
          small_.network.weights[layer][w] != 0 && small_.network.batch_of(layer, w) <= iteration
              ? 1
              : 0;
    }
    return count;
  }

  void check_record(const RunRecord& record) const;
  void check_wave() const;

  SmallMachine small_;
  MemoryImage image_;
  ScratchFolder folder_;
  std::string wave_ = folder_.path() + "/w.vcd";
  std::vector<std::vector<std::int32_t>> inputs_;
  std::size_t maps_ = 0;
};

void ExtendedMachine::check_record(const RunRecord& record) const {
  std::uint64_t odd = 0;
  for (std::size_t l = 0; l < GetParam().layers.size(); ++l) {
    const Layer& layer = image_.network().layers[l];
    const auto positions =
        static_cast<std::uint64_t>(std::int64_t{layer.result.height} * layer.result.width);
    for (int i = 1; i <= 2; ++i) {
      SCOPED_TRACE("layer " + std::to_string(l) + ", iteration " + std::to_string(i));
      const LayerRecord& layer_record = record.layers[l][static_cast<std::size_t>(i) - 1];
      const std::uint64_t done = loaded(l, i) * positions;
      EXPECT_EQ(layer_record.multiplications, inputs_.size() * done);
      odd += GetParam().layers[l].product == "odd_plus_one" ? inputs_.size() * done : 0;
      if (GetParam().layers[l].engine == "serial") {
        EXPECT_EQ(layer_record.multipliers, 1U);
        EXPECT_EQ(layer_record.idle_multiplications, 0U);
        EXPECT_EQ(layer_record.slots, inputs_.size() * done);
        EXPECT_GT(layer_record.compute_cycles, done);
      }
    }
  }
  const PricedAction priced{Action::multiplication, "odd"};
  EXPECT_EQ(record.total_counts()[priced], odd);
}

/// Of the first layer, behind which nothing is pooled: the outputs in the file are those of both
/// inputs in both iterations.
void ExtendedMachine::check_wave() const {
  const VcdFile wave = read_vcd(wave_);
  std::multiset<std::string> due;
  std::multiset<std::string> seen;
  const auto text = [](std::int64_t kernel, std::int64_t position, std::int64_t value) {
    return std::to_string(kernel) + "/" + std::to_string(position) + ": " + std::to_string(value);
  };
  for (std::uint32_t input = 0; input < inputs_.size(); ++input) {
    for (std::uint32_t iteration = 1; iteration <= 2; ++iteration) {
      const std::vector<std::int32_t> map = naive(input, iteration).outputs[0];
      for (std::int32_t i = 0; i < static_cast<std::int32_t>(map.size()); ++i) {
        due.insert(text(i / 36, i % 36, map[static_cast<std::size_t>(i)]));
      }
    }
  }
  const std::string scope = "accelerator.layer0.compute.";
  for (const auto& [path, valid] : wave.signals) {
    const std::size_t end = path.rfind(".valid");
    if (path.rfind(scope, 0) != 0 || end == std::string::npos) {
      continue;
    }
    const std::string lane = path.substr(0, end);
    for (std::uint64_t time = 0; time <= wave.last_time; time += 10000) {
      if (valid.at(time) == "1") {
        const VcdSignal& result = wave[lane + ".result"];
        seen.insert(text(static_cast<std::int64_t>(wave[lane + ".kernel"].number_at(time)),
                         static_cast<std::int64_t>(wave[lane + ".position"].number_at(time)),
                         result.signed_of(result.at(time))));
      }
    }
  }
  EXPECT_EQ(seen, due);
}

TEST_P(ExtendedMachine, ComputesAsItsEnginesAndProductsDo) {
  Simulation simulation(params(), image_, in_turn(inputs_), options());
  const RunRecord record = simulation.run();
  EXPECT_EQ(maps_, 3 * 2 * inputs_.size());
  check_record(record);
  check_wave();
  const bool is_exact = std::all_of(GetParam().layers.begin(), GetParam().layers.end(),
                                    [](const Chosen& chosen) { return chosen.product == "exact"; });
  EXPECT_EQ(naive(0, 2).outputs == naive(0, 2, true).outputs, is_exact)
      << "other products must be seen in the values";
}

const std::vector<MachineCase> kCases = {
    {"mac_exact", "map", {{"mac", "exact"}, {"mac", "exact"}, {"mac", "exact"}}},
    {"mac_odd", "map", {{"mac", "odd_plus_one"}, {"mac", "odd_plus_one"}, {"mac", "odd_plus_one"}}},
    {"mac_odd_rows", "row", {{"mac", "odd_plus_one"}, {"mac", "exact"}, {"mac", "odd_plus_one"}}},
    {"serial_exact", "map", {{"serial", "exact"}, {"serial", "exact"}, {"serial", "exact"}}},
    {"serial_odd",
     "map",
     {{"serial", "odd_plus_one"}, {"mac", "exact"}, {"serial", "odd_plus_one"}}},
    {"serial_odd_rows",
     "row",
     {{"serial", "odd_plus_one"}, {"serial", "exact"}, {"mac", "odd_plus_one"}}},
    {"mixed_rows", "row", {{"mac", "exact"}, {"serial", "odd_plus_one"}, {"serial", "exact"}}},
};

INSTANTIATE_TEST_SUITE_P(Cases, ExtendedMachine, testing::ValuesIn(kCases),
                         [](const auto& test) { return test.param.name; });

/// Random networks in all schemes: values do not depend on how long an engine takes for them.
class SerialMachine : public testing::TestWithParam<unsigned> {};

TEST_P(SerialMachine, EqualsTheReference) {
  RandomModel random(GetParam());
  const MemoryImage image = image_of(random.model(), random.options());
  SCOPED_TRACE(describe(image));
  AcceleratorParams params = random_params(random, image);
  params.engine_table = extended_engines();
  params.engines.assign(image.network().layers.size(), {"serial", "exact"});
  const Maps inputs = random_inputs(random, image.network());
  const GoldenComparison comparison = compare_with_golden(params, image, inputs);
  EXPECT_EQ(comparison.difference, "");
  EXPECT_GT(comparison.maps_compared, 0U);
  expect_cycles_accounted(comparison.record, params);
}

INSTANTIATE_TEST_SUITE_P(Seeds, SerialMachine, seeds(81000, 12));

/// Errors of a run file that names what is not there.
class EngineKeys : public testing::Test {
 protected:
  EngineKeys() : small_(7) {
    Layer pool = golden::test::pooling({5, 1, 1}, PoolKind::max, {1, 1, 1, 1, 0, 0, 0, 0}, {16, 8});
    pool.source = 2;
    small_.network.add(pool);
  }
  RunConfig read(const std::string& set, const EngineTable& table = built_in_engines()) const {
    return read_run_config(source_path("configs/run/default.yaml"), {{set, {}}},
                           small_.network.network, {built_in_memories(), table});
  }
  std::string refusal(const std::string& set) const {
    try {
      read(set);
    } catch (const ConfigError& error) {
      return error.what();
    }
    return "";
  }

  SmallMachine small_;
};

TEST_F(EngineKeys, NamesThatAreNotInTheTableAreRefusedWithTheNearest) {
  EXPECT_NE(refusal("accelerator.layers.layer0.engine=mca")
                .find("accelerator.layers.layer0.engine: expected one of mac, associative, found "
                      "'mca'; did you "
                      "mean 'mac'?"),
            std::string::npos)
      << refusal("accelerator.layers.layer0.engine=mca");
  EXPECT_NE(refusal("accelerator.elements=[exat]")
                .find("accelerator.elements: there is no multiplier 'exat': expected one of exact, "
                      "or a file 'multipliers' that has it"),
            std::string::npos)
      << refusal("accelerator.elements=[exat]");
  EXPECT_NE(refusal("accelerator.layers.layer9.engine=mac").find("did you mean 'layer"),
            std::string::npos);
  EXPECT_NE(refusal("accelerator.layers.layer0.engin=mac").find("did you mean 'engine'?"),
            std::string::npos);
}

TEST_F(EngineKeys, LayersWithoutWeightsHaveNoElement) {
  EXPECT_NE(refusal("accelerator.layers.layer3.element=0")
                .find("layer layer3 has no weights, so it multiplies nothing"),
            std::string::npos);
  EXPECT_EQ(refusal("accelerator.layers.layer3.engine=mac"), "");
}

TEST_F(EngineKeys, TakeEffectForTheirLayerAndAreShownIfTheyAreGiven) {
  const RunConfig given = read("accelerator.layers.layer1.engine=serial", extended_engines());
  EXPECT_EQ(given.accelerator.engines.at(1).engine, "serial");
  EXPECT_EQ(given.accelerator.engines.at(0).engine, "mac");
  EXPECT_NE(to_yaml(given.effective).find("engine: serial"), std::string::npos);
  const RunConfig absent = read("accelerator.layers.layer1.positions_in_parallel=2");
  EXPECT_EQ(absent.accelerator.engines.at(1).engine, "mac");
  EXPECT_EQ(absent.accelerator.engines.at(1).product, "exact");
  EXPECT_EQ(to_yaml(absent.effective).find("engine"), std::string::npos);
}

}  // namespace
}  // namespace airnn::test
