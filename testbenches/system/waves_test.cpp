// SPDX-License-Identifier: Apache-2.0
//
// A waveform, read back, says what the machine's taps and probes say.
#include <fnmatch.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <memory>
#include <set>
#include <sstream>

#include "hw/link/stream_view.h"
#include "hw/memory/memory_commands.h"
#include "hw/sim/simulation.h"
#include "hw/sim/wave_attachment.h"
#include "sw/results/record_codec.h"
#include "testbenches/support/golden_comparison.h"
#include "testbenches/support/random_ddr3.h"
#include "testbenches/support/scratch_folder.h"
#include "testbenches/support/vcd_file.h"
#include "testbenches/system/child_process.h"
#include "testbenches/system/random_run.h"

namespace airnn::test {
namespace {

/// A random network in one of the three schemes, on flat memory or DDR3.
class Waves : public testing::TestWithParam<unsigned> {
 protected:
  Waves()
      : random_(GetParam()),
        image_(image_of(random_.model(), options())),
        params_(random_params(random_, image_)),
        inputs_(random_inputs(random_, image_.network())) {
    inputs_.resize(std::min<std::size_t>(inputs_.size(), 2));
    params_.controller.prefetch = GetParam() % 3 == 0 ? Prefetch::next : Prefetch::none;
    params_.fabric_period_ps = random_.one_of<std::uint64_t>({10000, 3333});
    if (GetParam() % 2 == 0) {
      params_.memory = ddr3_memory(random_ddr3(GetParam()));
    }
    for (ComputeParallelism& layer : params_.parallelism) {
      layer.positions = std::min(layer.positions, 3);
    }
  }
  CompileOptions options() {
    CompileOptions options = random_.options();
    options.scheme = random_.one_of<Scheme>(
        {Scheme::base, Scheme::iterative, Scheme::interleaved, Scheme::interleaved});
    if (options.scheme == Scheme::interleaved) {
      options.interleave.policy = random_.one_of<InterleavePolicy>(
          {InterleavePolicy::block, InterleavePolicy::block_fixed, InterleavePolicy::position});
    }
    return options;
  }
  std::string file(const std::string& name) const { return folder_.path() + "/" + name; }
  Host::InputSource source() {
    return [this](std::vector<std::int32_t>& map) {
      if (next_input_ == inputs_.size()) {
        return false;
      }
      map = inputs_[next_input_++];
      return true;
    };
  }
  /// Its record, as bytes; in a process of its own.
  std::vector<std::uint8_t> run_in_child(const WaveOptions& wave) {
    return in_child([&] {
      SimulationOptions options;
      options.wave = wave;
      Simulation simulation(params_, image_, source(), options);
      return encode_record(simulation.run());
    });
  }

  RandomModel random_;
  MemoryImage image_;
  AcceleratorParams params_;
  Maps inputs_;
  std::size_t next_input_ = 0;
  ScratchFolder folder_;
};

/// The machine with its waveform, and with listeners of the test's own.
class WatchedMachine {
 public:
  WatchedMachine(const AcceleratorParams& params, const MemoryImage& image,
                 Host::InputSource inputs, const std::string& file)
      : machine("accelerator", params, image, std::move(inputs), {}, &with(wiring, taps)),
        wave({file, 0, kNever, {}}, params, machine, taps, image.network()) {
    machine.controller->on_state.listen([this](const StateEntered& e) { states.push_back(e); });
    machine.score->on_decided.listen([this](const ScoreDecided& e) { decisions.push_back(e); });
    for (const auto& layer : machine.layers) {
      layer->on_done.listen([this](const LayerDone& e) { runs.push_back(e); });
      layer->on_values.listen([this](const LayerValues& e) { maps.push_back(*e.values); });
    }
    if (MemoryCommands* memory = machine.memory->commands()) {
      memory->on_command.listen([this](const CommandIssued& e) { commands.push_back(e); });
    }
    for (const TapStage::Tapped& tapped : taps.bindings()) {
      watch<InputJob>(tapped);
      watch<InputResult>(tapped);
      watch<WeightBeat>(tapped);
      watch<InputBeat>(tapped);
      watch<BatchPlaced>(tapped);
      watch<PlacedWeights>(tapped);
      watch<ControlMessage>(tapped);
      watch<FeatureMap>(tapped);
      watch<Decision>(tapped);
    }
  }

  void run() {
    sc_core::sc_start();
    end = sc_core::sc_time_stamp().value();
    wave.finish();
  }

  /// What is read from an item that was taken, beside the cycle.
  struct Transfer {
    Cycle cycle;
    std::map<std::string, std::uint64_t> fields;
  };

  TapStage taps;
  Wiring wiring;
  Accelerator machine;
  WaveAttachment wave;
  std::uint64_t end = 0;  ///< ps
  std::vector<StateEntered> states;
  std::vector<ScoreDecided> decisions;
  std::vector<LayerDone> runs;
  std::vector<std::vector<std::int32_t>> maps;  ///< of the runs
  std::vector<CommandIssued> commands;
  std::map<std::string, std::vector<Transfer>> transfers;  ///< by the path of either end

 private:
  using Fields = std::map<std::string, std::uint64_t>;
  static Fields fields_of(const ControlMessage& item) {
    return {{"kind", static_cast<std::uint64_t>(item.kind)}, {"iteration", item.iteration}};
  }
  static Fields fields_of(const WeightBeat& item) {
    Fields fields{{"count", item.count}, {"last", item.last}};
    for (std::uint32_t i = 0; i < item.count; ++i) {
      fields["value" + std::to_string(i)] = static_cast<std::uint32_t>(item.words[i].value);
      fields["column" + std::to_string(i)] = item.words[i].column;
    }
    return fields;
  }
  static Fields fields_of(const PlacedWeights& item) {
    Fields fields{{"count", item.count}, {"valid_from", item.valid_from}};
    for (std::uint32_t i = 0; i < item.count; ++i) {
      fields["value" + std::to_string(i)] = static_cast<std::uint32_t>(item.words[i].value);
      fields["slot" + std::to_string(i)] = item.words[i].slot;
    }
    return fields;
  }
  static Fields fields_of(const FeatureMap& item) { return {{"iteration", item.iteration}}; }
  static Fields fields_of(const Decision& item) {
    return {{"score", static_cast<std::uint64_t>(item.score)}, {"terminate", item.terminate}};
  }
  static Fields fields_of(const InputBeat& item) {
    return {{"first", item.first}, {"value0", static_cast<std::uint32_t>(item.values[0])}};
  }
  static Fields fields_of(const BatchPlaced& item) { return {{"words", item.words}}; }
  static Fields fields_of(const InputJob& item) { return {{"address", item.address}}; }
  static Fields fields_of(const InputResult& item) { return {{"prediction", item.prediction}}; }

  static Wiring& with(Wiring& wiring, TapStage& taps) {
    wiring.add(taps);
    return wiring;
  }

  template <typename T>
  void watch(const TapStage::Tapped& tapped) {
    if (dynamic_cast<StreamOut<T>*>(tapped.binding.from) == nullptr) {
      return;
    }
    auto view = std::make_shared<StreamView<T>>(machine.fabric());
    for (const std::string path : {tapped.binding.from->name(), tapped.binding.to->name()}) {
      std::vector<Transfer>& list = transfers[path];
      view->on_taken.listen([&list](const Timed<T>& beat) {
        list.push_back({beat.cycle, fields_of(beat.item)});
      });
      view->on_train.listen([&list](const ItemTrain<T>& train) {
        for (std::size_t i = 0; i < train.count; ++i) {
          list.push_back({train.begin + train.items[i].cycle, fields_of(train.items[i].item)});
        }
      });
    }
    tapped.tap->add(*view);
    views_.push_back(view);
  }

  std::vector<std::shared_ptr<void>> views_;
};

/// The cycles in which a bit is 1.
std::vector<Cycle> cycles_of(const VcdSignal& bit, std::uint64_t period, std::uint64_t end) {
  std::vector<Cycle> cycles;
  for (auto change = bit.changes.begin(); change != bit.changes.end(); ++change) {
    const auto next = std::next(change);
    const std::uint64_t until = next == bit.changes.end() ? end : next->first;
    for (std::uint64_t t = change->first; change->second == "1" && t < until; t += period) {
      EXPECT_EQ(t % period, 0U);
      cycles.push_back(t / period);
    }
  }
  return cycles;
}

class WavesOfEvents : public Waves {
 protected:
  void check_streams(const VcdFile& wave, const WatchedMachine& watched) const;
  void check_states(const VcdFile& wave, const WatchedMachine& watched) const;
  void check_scores(const VcdFile& wave, const WatchedMachine& watched) const;
  void check_commands(const VcdFile& wave, const WatchedMachine& watched) const;
  void check_computes(const VcdFile& wave, const WatchedMachine& watched) const;
  void check_layout(const VcdFile& wave, const std::string& name) const;

  std::uint64_t period() const { return params_.fabric_period_ps; }
};

void WavesOfEvents::check_streams(const VcdFile& wave, const WatchedMachine& watched) const {
  std::size_t count = 0;
  for (const auto& [path, transfers] : watched.transfers) {
    SCOPED_TRACE(path);
    std::vector<Cycle> due;
    for (const WatchedMachine::Transfer& transfer : transfers) {
      const std::uint64_t time = transfer.cycle * period();
      if (time > watched.end) {
        continue;
      }
      due.push_back(transfer.cycle);
      ASSERT_EQ(wave[path + ".valid"].at(time), "1");
      for (const auto& [field, value] : transfer.fields) {
        ASSERT_EQ(wave[path + "." + field].number_at(time), value) << field << " at " << time;
      }
    }
    EXPECT_EQ(cycles_of(wave[path + ".ready"], period(), watched.end + 1), due);
    count += due.size();
  }
  EXPECT_GT(count, 50U);
}

void WavesOfEvents::check_states(const VcdFile& wave, const WatchedMachine& watched) const {
  std::map<std::uint64_t, StateEntered> last;  // of several states in a cycle
  for (const StateEntered& state : watched.states) {
    last[state.cycle * period()] = state;
  }
  std::map<std::uint64_t, std::uint64_t> due;
  std::uint64_t before = kNever;
  for (const auto& [time, state] : last) {
    const auto number = static_cast<std::uint64_t>(state.state);
    if (number != before && time <= watched.end) {
      due[time] = number;
    }
    before = number;
    if (time <= watched.end) {
      EXPECT_EQ(wave["accelerator.read_weight_controller.iteration"].number_at(time),
                state.iteration);
      EXPECT_EQ(wave["accelerator.read_weight_controller.input"].number_at(time), state.input);
    }
  }
  std::map<std::uint64_t, std::uint64_t> seen;
  for (const auto& [time, bits] : wave["accelerator.read_weight_controller.state"].changes) {
    seen[time] = VcdSignal::number_of(bits);
  }
  EXPECT_EQ(seen, due);
}

void WavesOfEvents::check_scores(const VcdFile& wave, const WatchedMachine& watched) const {
  const std::string scope = "accelerator.score_calculation.";
  std::vector<Cycle> due;
  for (const ScoreDecided& decision : watched.decisions) {
    const std::uint64_t time = decision.cycle * period();
    due.push_back(decision.cycle);
    const VcdSignal& score = wave[scope + "score"];
    EXPECT_EQ(score.signed_of(score.at(time)), decision.score);
    EXPECT_EQ(wave[scope + "prediction"].number_at(time), decision.prediction);
    EXPECT_EQ(wave[scope + "terminate"].at(time), decision.terminate ? "1" : "0");
    EXPECT_EQ(wave[scope + "busy"].at(time - 1), "1");
  }
  EXPECT_EQ(cycles_of(wave[scope + "decided"], period(), watched.end + 1), due);
}

void WavesOfEvents::check_commands(const VcdFile& wave, const WatchedMachine& watched) const {
  if (watched.machine.memory->commands() == nullptr) {
    return;
  }
  const std::string scope = "accelerator.ddr3_controller.channel.";
  const std::uint64_t tck = params_.memory.channel->part.timing.tck_ps;
  std::size_t due = 0;
  for (const CommandIssued& command : watched.commands) {
    const std::uint64_t time = command.cycle * tck;
    if (time > watched.end) {
      continue;
    }
    ++due;
    ASSERT_EQ(wave[scope + "command"].number_at(time),
              static_cast<std::uint64_t>(command.command) + 1);
    ASSERT_EQ(wave[scope + "rank"].number_at(time), command.place.rank);
    if (is_to_bank(command.command)) {
      ASSERT_EQ(wave[scope + "bank"].number_at(time), command.place.bank);
    }
    if (is_column(command.command)) {
      const std::string bank = scope + "rank" + std::to_string(command.place.rank) + ".bank" +
                               std::to_string(command.place.bank);
      ASSERT_EQ(wave[scope + "column"].number_at(time), command.place.column);
      ASSERT_EQ(wave[bank + "_row"].number_at(time), command.place.row);
      ASSERT_NE(wave[bank].number_at(time), 0U);
    }
  }
  std::size_t seen = 0;
  const auto& changes = wave[scope + "command"].changes;
  for (auto change = changes.begin(); change != changes.end(); ++change) {
    const auto next = std::next(change);
    const std::uint64_t until = next == changes.end() ? watched.end + 1 : next->first;
    seen += change->second == "0" ? 0 : (until - change->first + tck - 1) / tck;
  }
  EXPECT_EQ(seen, due);
  EXPECT_GT(due, 0U);
}

/// Outputs of convolutions without pooling behind them are the elements of the layer's map.
void WavesOfEvents::check_computes(const VcdFile& wave, const WatchedMachine& watched) const {
  for (std::size_t r = 0; r < watched.runs.size(); ++r) {
    const LayerDone& run = watched.runs[r];
    const Layer& layer = image_.network().layers[run.layer];
    const std::string scope = "accelerator." + layer.name;
    const std::uint64_t busy_from = run.start * period();
    if (run.slots > 0) {
      EXPECT_EQ(wave[scope + ".busy"].at(busy_from), "1");
      EXPECT_EQ(wave[scope + ".iteration"].number_at(busy_from), run.iteration);
    }
    if (layer.kind != LayerKind::convolution) {
      continue;
    }
    const std::int64_t positions = std::int64_t{layer.result.height} * layer.result.width;
    std::set<std::uint64_t> elements;
    for (const auto& [path, valid] : wave.signals) {
      if (fnmatch((scope + ".compute.position*.lane*.valid").c_str(), path.c_str(), 0) != 0) {
        continue;
      }
      const std::string lane = path.substr(0, path.rfind('.'));
      for (std::uint64_t t = busy_from; t < run.finish * period(); t += period()) {
        if (valid.at(t) != "1") {
          continue;
        }
        const std::uint64_t element =
            wave[lane + ".kernel"].number_at(t) * static_cast<std::uint64_t>(positions) +
            wave[lane + ".position"].number_at(t);
        EXPECT_TRUE(elements.insert(element).second);
        const VcdSignal& result = wave[lane + ".result"];
        if (layer.pool == PoolKind::none) {
          ASSERT_EQ(result.signed_of(result.at(t)), watched.maps[r].at(element));
        }
      }
    }
    const bool all = image_.info().scheme == Scheme::base;
    EXPECT_EQ(elements.size(),
              (all ? static_cast<std::uint64_t>(layer.kernels) : run.nonzero_kernels) *
                  static_cast<std::uint64_t>(positions));
  }
}

/// The layout names signals that exist, with their widths, and every value of a state has a name.
void WavesOfEvents::check_layout(const VcdFile& wave, const std::string& name) const {
  std::ifstream layout(file(name + ".gtkw"));
  std::string states;
  std::size_t signals = 0;
  std::size_t translated = 0;
  for (std::string line; std::getline(layout, line);) {
    if (line[0] == '^') {
      states = line.substr(line.find('/') + 1);
    } else if (line.find("accelerator.") == 0) {
      const std::size_t range = line.find('[');
      const VcdSignal& signal = wave[line.substr(0, range)];
      ++signals;
      ASSERT_EQ(range == std::string::npos ? 1 : std::stoul(line.substr(range + 1)) + 1,
                signal.type == "wire" || signal.type == "reg" ? signal.width : 1);
      if (!states.empty()) {
        std::set<std::uint64_t> named;
        std::ifstream names(file(states));
        for (std::string value; std::getline(names, value);) {
          named.insert(std::stoull(value));
        }
        for (const auto& [time, bits] : signal.changes) {
          EXPECT_EQ(named.count(VcdSignal::number_of(bits)), 1U) << line << " at " << time;
        }
        ++translated;
        states.clear();
      }
    }
  }
  EXPECT_GT(signals, 50U);
  EXPECT_GT(translated, 3U);
}

TEST_P(WavesOfEvents, ShowWhatTapsAndProbesTell) {
  SCOPED_TRACE(describe(image_));
  WatchedMachine watched(params_, image_, source(), file("wave.vcd"));
  watched.run();
  const VcdFile wave = read_vcd(file("wave.vcd"));
  EXPECT_EQ(wave.first_time, 0U);
  check_streams(wave, watched);
  check_states(wave, watched);
  check_scores(wave, watched);
  check_commands(wave, watched);
  check_computes(wave, watched);
  check_layout(wave, "wave");
}

INSTANTIATE_TEST_SUITE_P(Seeds, WavesOfEvents, seeds(70000, 24));

class PartsOfWaves : public Waves {};

TEST_P(PartsOfWaves, EqualTheWholeCutToThemAndChangeNoResult) {
  SCOPED_TRACE(describe(image_));
  const std::vector<std::uint8_t> record = run_in_child({});
  ASSERT_EQ(run_in_child({file("whole.vcd"), 0, kNever, {}}), record);
  const VcdFile whole = read_vcd(file("whole.vcd"));
  const std::uint64_t period = params_.fabric_period_ps;
  const Cycle cycles = whole.last_time / period;
  const Cycle from = static_cast<Cycle>(random_.pick(1, static_cast<std::int64_t>(cycles)));
  const Cycle to = static_cast<Cycle>(
      random_.pick(static_cast<std::int64_t>(from), static_cast<std::int64_t>(cycles)));
  ASSERT_EQ(run_in_child({file("part.vcd"), from, to, {}}), record);
  const VcdFile part = read_vcd(file("part.vcd"));
  EXPECT_EQ(part.first_time, from * period);
  ASSERT_EQ(part.signals.size(), whole.signals.size());
  for (const auto& [path, signal] : part.signals) {
    auto due = whole[path].changes;
    due.erase(due.lower_bound((to + 1) * period), due.end());
    const std::string start = whole[path].at(from * period);
    due.erase(due.begin(), due.upper_bound(from * period));
    due[from * period] = start;
    ASSERT_EQ(signal.changes, due) << path << " from " << from << " to " << to;
  }

  const std::string first = image_.network().layers[0].name;
  const std::vector<std::string> scopes = {"accelerator.read_weight_controller*",
                                           "*.score_calculation.*", "accelerator." + first};
  ASSERT_EQ(run_in_child({file("scope.vcd"), 0, kNever, scopes}), record);
  const VcdFile scope = read_vcd(file("scope.vcd"));
  std::size_t due = 0;
  for (const auto& [path, signal] : whole.signals) {
    const bool wanted = fnmatch("accelerator.read_weight_controller*", path.c_str(), 0) == 0 ||
                        fnmatch("*.score_calculation.*", path.c_str(), 0) == 0 ||
                        path.find("accelerator." + first + ".") == 0;
    ASSERT_EQ(scope.signals.count(path), wanted ? 1U : 0U) << path;
    if (wanted) {
      ++due;
      ASSERT_EQ(scope[path].changes, signal.changes) << path;
    }
  }
  EXPECT_GT(due, 50U);
}

INSTANTIATE_TEST_SUITE_P(Seeds, PartsOfWaves, seeds(71000, 12));

}  // namespace
}  // namespace airnn::test
