// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>

#include "hw/memory/ddr3/ddr3_controller.h"
#include "hw/memory/flat/flat_memory.h"
#include "testbenches/protocol/monitored_machine.h"
#include "testbenches/support/broken_bus.h"
#include "testbenches/support/broken_stream.h"
#include "testbenches/support/golden_comparison.h"
#include "testbenches/support/source_path.h"

namespace airnn::test {
namespace {

using testing::HasSubstr;

/// A machine that is about to be broken.
struct Scene {
  using Make = std::function<std::unique_ptr<Interposer>()>;

  explicit Scene(MemoryImage of) : image(std::move(of)), built(default_params(image)) {
    built.score = ScoreMode::raw;
    built.threshold = 1e5;  // never reached
    monitored = built;
  }

  MemoryImage image;
  AcceleratorParams built;
  AcceleratorParams monitored;
  ClockDomain clock{sc_core::sc_time(10, sc_core::SC_NS)};
  std::map<std::string, Make> behind_sender;
  std::map<std::string, Make> before_receiver;
  /// Called before the monitors listen, and when they do.
  std::function<void(Accelerator&)> listen = [](Accelerator&) {};
  std::function<void(MonitoredMachine&)> prepare = [](MonitoredMachine&) {};
  Cycle deed = kNever;  ///< cycle in which the rule is broken
  /// The same where it is known only afterwards.
  std::function<Cycle(const MonitoredMachine&)> deed_of;
  KernelGroups other_groups;
  std::vector<BlockFlags> other_flags;

  /// Breaks a sender: `decide` is asked about every item and sets `deed`.
  template <typename T>
  void break_sender(const std::string& sender, std::function<Deed(Timed<T>&)> decide) {
    behind_sender[sender] = [this, decide] {
      return std::make_unique<BrokenStream<T>>("broken", clock, decide);
    };
  }
  /// Breaks a receiver: what the monitors see is whole.
  template <typename T>
  void break_receiver(const std::string& sender, std::function<Deed(Timed<T>&)> decide) {
    before_receiver[sender] = [this, decide] {
      return std::make_unique<BrokenStream<T>>("broken", clock, decide);
    };
  }
  /// Both inputs of the scene are of one group.
  void share_batches() {
    built.controller.group.inputs_per_batch = monitored.controller.group.inputs_per_batch = 2;
  }
  /// Breaks the controller's reads; the bus is there when the machine is.
  BrokenBus* bus = nullptr;
  void break_bus(BrokenBus::Decide decide) {
    behind_sender["read_weight_controller.memory"] = [this, decide] {
      auto broken = std::make_unique<BrokenBus>("broken", clock, decide);
      bus = broken.get();
      return broken;
    };
  }
};

/// Which network the broken machine has.
enum class SceneOf : std::uint8_t { groups, memories, lines };

struct BrokenUnit {
  std::string name;
  Rule rule;
  std::string what;  ///< it does, for the table
  std::function<void(Scene&)> arrange;
  SceneOf scene = SceneOf::groups;
};

void PrintTo(const BrokenUnit& unit, std::ostream* out) {
  *out << to_string(unit.rule);
}

/// The built-in engine, but for the searches that it tells.
class LyingSearches final : public LayerEngine {
 public:
  using Lie = std::function<bool(RowSearch&)>;

  LyingSearches(std::unique_ptr<LayerEngine> whole, Lie lie)
      : whole_(std::move(whole)), lie_(std::move(lie)) {}

  LayerRun schedule(const LayerOperands& operands, const OperandTimes& times,
                    std::vector<IssueRun>* issues) const override {
    return whole_->schedule(operands, times, issues);
  }
  LayerOutput values(const LayerOperands& operands) override { return whole_->values(operands); }
  LayerWork work(const LayerOperands& operands, const LayerRun& run) const override {
    return whole_->work(operands, run);
  }
  std::vector<RowSearch> searches(const LayerOperands& operands, std::size_t most) const override {
    std::vector<RowSearch> told = whole_->searches(operands, most);
    for (RowSearch& search : told) {
      if (lie_(search)) {
        break;
      }
    }
    return told;
  }

 private:
  std::unique_ptr<LayerEngine> whole_;
  Lie lie_;
};

/// `lie` alters a search, or says that this is none to be altered. Monitors hear of it when the run
/// of the layer that it is of is told.
void break_searches(Scene& scene, const std::function<bool(RowSearch&)>& lie) {
  auto is_told = std::make_shared<bool>(false);
  for (NamedEngine& engine : scene.built.engine_table.engines) {
    if (engine.name == "associative") {
      engine.make = [lie, is_told, whole = engine.make](const EngineParams& params) {
        return std::make_unique<LyingSearches>(whole(params), [lie, is_told](RowSearch& search) {
          if (*is_told || !lie(search)) {
            return false;
          }
          *is_told = true;
          return true;
        });
      };
    }
  }
  scene.listen = [&scene, is_told](Accelerator& machine) {
    for (const std::unique_ptr<LayerUnit>& layer : machine.layers) {
      layer->on_searches.listen([&scene, is_told](const RowsSearched& e) {
        scene.deed = *is_told ? std::min(scene.deed, e.cycle) : scene.deed;
      });
    }
  };
}

template <typename T>
std::function<Deed(Timed<T>&)> nth(unsigned n, Scene& scene, std::function<Deed(Timed<T>&)> deed) {
  return [n, &scene, deed, count = 0U](Timed<T>& item) mutable {
    if (count++ != n) {
      return Deed::none;
    }
    scene.deed = item.cycle;
    return deed(item);
  };
}

/// Control messages to layer 0 come as reset, configure, start, configure, start, ...
void on_control(Scene& scene, unsigned n, const std::function<Deed(Timed<ControlMessage>&)>& deed) {
  scene.break_sender<ControlMessage>("read_weight_controller.out_control_1",
                                     nth<ControlMessage>(n, scene, deed));
}

/// The first item of layer 0 that holds weights of a batch.
void on_words(
    Scene& scene, const std::function<Deed(Timed<PlacedWeights>&)>& deed,
    const std::function<void(Cycle)>& on_next = [](Cycle) {}) {
  const auto columns = static_cast<std::uint32_t>(scene.image.network().layers[0].columns);
  scene.break_sender<PlacedWeights>(
      "buffer_address_calculation.out_placed_0",
      [&scene, deed, on_next, columns, items = 0](Timed<PlacedWeights>& item) mutable {
        const bool is_bias = item.item.words[0].slot % (columns + 2) >= columns;
        items += items > 0 || !is_bias ? 1 : 0;
        if (items == 2) {
          on_next(item.cycle);
        }
        if (items != 1) {
          return Deed::none;
        }
        scene.deed = item.cycle;
        return deed(item);
      });
}

/// The first item of lines that layer 0 expands; the monitors see what was sent to it. They hear of
/// the words in the last cycle in which these are written.
void on_lines(Scene& scene, const std::function<void(LineSegment&)>& alter) {
  scene.before_receiver["buffer_address_calculation.out_placed_0"] = [&scene, alter] {
    return std::make_unique<BrokenStream<PlacedWeights>>(
        "broken", scene.clock, [alter, is_done = false](Timed<PlacedWeights>& item) mutable {
          if (!is_done && item.item.segment_count > 0) {
            is_done = true;
            static std::vector<LineSegment> altered;
            altered.assign(item.item.segments, item.item.segments + item.item.segment_count);
            alter(altered.front());
            item.item.segments = altered.data();
          }
          return Deed::none;
        });
  };
  scene.listen = [&scene](Accelerator& machine) {
    machine.layers[0]->on_expanded.listen(
        [&scene](const LinesExpanded& e) { scene.deed = std::min(scene.deed, e.end - 1); });
  };
}

void on_decision(Scene& scene, const std::function<Deed(Timed<Decision>&)>& deed) {
  scene.break_sender<Decision>("score_calculation.out_decision", nth<Decision>(0, scene, deed));
}

void at_state(Scene& scene, ControllerState state, const std::function<void(Cycle)>& act) {
  scene.prepare = [&scene, state, act](MonitoredMachine& machine) {
    machine.machine().controller->on_state.listen([&scene, state, act](const StateEntered& e) {
      if (e.state == state && scene.deed == kNever) {
        scene.deed = e.cycle;
        act(e.cycle);
      }
    });
  };
}

void on_read(Scene& scene, unsigned n, const std::function<void(std::uint64_t, Cycle)>& act,
             BrokenBus::Deed deed = BrokenBus::Deed::none) {
  scene.break_bus([=, &scene, count = 0U](std::uint64_t address, Cycle cycle) mutable {
    const bool is_first_batch =
        address == scene.image.find(SectionKind::value, kAllLayers, 1, 0)->offset;
    if (!is_first_batch || count++ != n) {
      return BrokenBus::Deed::none;
    }
    scene.deed = cycle;
    act(address, cycle);
    return deed;
  });
}

/// Values and pointers that an altered item points to must outlive the run.
std::vector<PlacedWord>& altered_words(const PlacedWeights& words) {
  static std::vector<PlacedWord> altered;
  altered.assign(words.words, words.words + words.count);
  return altered;
}

const std::vector<BrokenUnit>& broken_units() {
  static const std::vector<BrokenUnit> units = {
      {"layer_without_reset", Rule::p1, "a layer misses a reset",
       [](Scene& s) {
         on_control(s, 0, [](Timed<ControlMessage>&) { return Deed::drop; });
         s.deed_of = [](const MonitoredMachine& m) {
           return m.begin_of(ControllerState::fetch_batch, 0, 1);
         };
       }},
      {"layer_reset_twice", Rule::p1, "a layer is reset twice",
       [](Scene& s) {
         on_control(s, 0, [&s](Timed<ControlMessage>& item) {
           s.deed = item.cycle + 1;
           return Deed::repeat;
         });
       }},
      {"layer_not_empty", Rule::p1, "a reset leaves weights in the buffer",
       [](Scene& s) {
         // The layer itself says nothing; another one's reset tells when it would have.
         on_control(s, 0, [](Timed<ControlMessage>&) { return Deed::drop; });
         s.prepare = [](MonitoredMachine& m) {
           m.machine().layers[1]->on_reset.listen([&m, done = false](const BufferReset& e) mutable {
             if (!done) {
               done = true;
               m.machine().layers[0]->on_reset.emit({e.cycle, 0, e.input, 5});
             }
           });
         };
       }},
      {"burst_read_twice", Rule::p2, "the controller reads a burst of the batch twice",
       [](Scene& s) {
         on_read(s, 0, [&s](std::uint64_t address, Cycle cycle) {
           s.bus->request(tlm::TLM_READ_COMMAND, address, cycle);
         });
         // The second of the two is the one that is needed.
       }},
      {"burst_not_read", Rule::p2, "the controller does not read a burst of the batch",
       [](Scene& s) {
         on_read(
             s, 0, [](std::uint64_t, Cycle) {}, BrokenBus::Deed::skip);
         s.deed_of = [](const MonitoredMachine& m) {
           return m.begin_of(ControllerState::drain, 0, 1);
         };
       }},
      {"batch_too_early", Rule::p2, "a burst of batch 2 is read with batch 1",
       [](Scene& s) {
         on_read(s, 0, [&s](std::uint64_t, Cycle cycle) {
           s.bus->request(tlm::TLM_READ_COMMAND,
                          s.image.find(SectionKind::value, kAllLayers, 2, 0)->offset, cycle);
         });
       }},
      {"weight_dropped", Rule::p3, "Buffer Address Calculation loses a word",
       [](Scene& s) {
         // Seen by the next word, or else at the end of the batch.
         on_words(
             s,
             [&s](Timed<PlacedWeights>& item) {
               s.deed = kNever;
               if (item.item.count == 1) {
                 return Deed::drop;
               }
               --item.item.count;
               return Deed::none;
             },
             [&s](Cycle next) { s.deed = next; });
         s.deed_of = [&s](const MonitoredMachine& m) {
           return std::min(s.deed, m.begin_of(ControllerState::configure, 0, 1));
         };
       }},
      {"weight_in_wrong_slot", Rule::p3, "a weight goes into the slot beside its own",
       [](Scene& s) {
         on_words(s, [](Timed<PlacedWeights>& item) {
           std::vector<PlacedWord>& words = altered_words(item.item);
           words[0].slot ^= 1U;
           item.item.words = words.data();
           return Deed::none;
         });
       }},
      {"weight_with_wrong_value", Rule::p3, "a weight is placed with another value",
       [](Scene& s) {
         on_words(s, [](Timed<PlacedWeights>& item) {
           std::vector<PlacedWord>& words = altered_words(item.item);
           words[0].value ^= 1;
           item.item.words = words.data();
           return Deed::none;
         });
       }},
      {"weight_placed_twice", Rule::p3, "words of a beat are placed twice",
       [](Scene& s) {
         on_words(s, [&s](Timed<PlacedWeights>& item) {
           s.deed = item.cycle + 1;
           return Deed::repeat;
         });
       }},
      {"biases_miscounted", Rule::p3, "the acknowledgement of the boot counts a word too few",
       [](Scene& s) {
         s.break_sender<BatchPlaced>("buffer_address_calculation.out_batch_placed",
                                     nth<BatchPlaced>(0, s, [](Timed<BatchPlaced>& item) {
                                       --item.item.words;
                                       return Deed::none;
                                     }));
       }},
      {"batch_miscounted", Rule::p3, "the acknowledgement of a batch counts a word too many",
       [](Scene& s) {
         s.break_sender<BatchPlaced>("buffer_address_calculation.out_batch_placed",
                                     nth<BatchPlaced>(1, s, [](Timed<BatchPlaced>& item) {
                                       ++item.item.words;
                                       return Deed::none;
                                     }));
       }},
      {"input_element_wrong", Rule::p3, "an element of the input map is loaded with another value",
       [](Scene& s) {
         s.break_sender<InputBeat>("read_weight_controller.out_input",
                                   nth<InputBeat>(1, s, [](Timed<InputBeat>& item) {
                                     item.item.values[0] ^= 4;
                                     return Deed::none;
                                   }));
       }},
      {"start_too_early", Rule::p4, "the input buffer is started while the batch is fetched",
       [](Scene& s) {
         const auto broken = std::make_shared<BrokenStream<ControlMessage>*>(nullptr);
         s.behind_sender["read_weight_controller.out_control_0"] = [&s, broken] {
           auto stream = std::make_unique<BrokenStream<ControlMessage>>(
               "broken", s.clock, [](Timed<ControlMessage>&) { return Deed::none; });
           *broken = stream.get();
           return stream;
         };
         at_state(s, ControllerState::fetch_batch, [&s, broken](Cycle cycle) {
           s.deed = cycle + 1;
           (*broken)->send({ControlKind::start, 0, 1, nullptr}, cycle + 1);
         });
       }},
      {"start_with_another_place", Rule::p4,
       "the input buffer is started with the place of another input of the group",
       [](Scene& s) {
         s.share_batches();
         s.break_sender<ControlMessage>("read_weight_controller.out_control_0",
                                        nth<ControlMessage>(2, s, [](Timed<ControlMessage>& item) {
                                          item.item.place ^= 1U;
                                          return Deed::none;
                                        }));
       }},
      {"configured_for_another_iteration", Rule::p4, "a layer is configured for iteration 2 in 1",
       [](Scene& s) {
         on_control(s, 1, [](Timed<ControlMessage>& item) {
           item.item.iteration = 2;
           return Deed::none;
         });
       }},
      {"decision_twice", Rule::p5, "Score Calculation decides twice",
       [](Scene& s) {
         on_decision(s, [&s](Timed<Decision>& item) {
           s.deed = item.cycle + 1;
           return Deed::repeat;
         });
       }},
      {"decision_on_another_iteration", Rule::p5, "a decision names the iteration before",
       [](Scene& s) {
         on_decision(s, [](Timed<Decision>& item) {
           --item.item.iteration;
           return Deed::none;
         });
       }},
      {"wrong_decision", Rule::p6, "Score Calculation terminates below the threshold",
       [](Scene& s) {
         on_decision(s, [](Timed<Decision>& item) {
           item.item.terminate = 1;
           return Deed::none;
         });
       }},
      {"decision_by_wrong_score", Rule::p6, "Score Calculation decides on a score that is one off",
       [](Scene& s) {
         on_decision(s, [](Timed<Decision>& item) {
           ++item.item.score;
           return Deed::none;
         });
       }},
      {"other_threshold", Rule::p6, "Score Calculation compares with another threshold",
       [](Scene& s) {
         s.built.threshold = 0;
         on_decision(s, [](Timed<Decision>&) { return Deed::none; });
       }},
      {"read_after_terminate", Rule::p7, "the controller reads a weight after *terminate*",
       [](Scene& s) {
         s.break_bus([](std::uint64_t, Cycle) { return BrokenBus::Deed::none; });
         at_state(s, ControllerState::finish, [&s](Cycle cycle) {
           // In the listener the state before is still the monitors': the read comes behind it.
           s.deed = cycle + 1;
           s.bus->request(tlm::TLM_READ_COMMAND, s.image.sections().back().offset, cycle + 1);
         });
       }},
      {"terminate_not_heard", Rule::p7,
       "the controller passes the turn to the next input of the group, not the result to the host",
       [](Scene& s) {
         s.share_batches();
         s.built.threshold = s.monitored.threshold = 0;  // all terminate at once
         s.break_receiver<Decision>("score_calculation.out_decision", [](Timed<Decision>& item) {
           item.item.terminate = item.item.input == 0 ? 0 : item.item.terminate;
           return Deed::none;
         });
         s.deed_of = [](const MonitoredMachine& m) {
           return m.begin_of(ControllerState::load_input, 1, 1);
         };
       }},
      {"group_forgotten", Rule::p5, "the controller forgets the second input of the group",
       [](Scene& s) {
         s.share_batches();
         s.break_receiver<InputJob>("host.out_jobs", [](Timed<InputJob>& item) {
           item.item.count = 1;
           return Deed::none;
         });
         s.deed_of = [](const MonitoredMachine& m) {
           return m.begin_of(ControllerState::fetch_batch, 0, 2);
         };
       }},
      {"result_twice", Rule::p7, "the controller delivers a result twice",
       [](Scene& s) {
         s.break_sender<InputResult>("read_weight_controller.out_results",
                                     nth<InputResult>(0, s, [&s](Timed<InputResult>& item) {
                                       s.deed = item.cycle + 1;
                                       return Deed::repeat;
                                     }));
       }},
      {"result_of_another_class", Rule::p7, "the controller delivers another class",
       [](Scene& s) {
         s.break_sender<InputResult>("read_weight_controller.out_results",
                                     nth<InputResult>(0, s, [](Timed<InputResult>& item) {
                                       ++item.item.prediction;
                                       return Deed::none;
                                     }));
       }},
      {"read_outside", Rule::p8, "the controller reads behind the input maps",
       [](Scene& s) {
         on_read(s, 0, [&s](std::uint64_t, Cycle cycle) {
           s.bus->request(tlm::TLM_READ_COMMAND, std::uint64_t{1} << 40, cycle);
         });
       }},
      {"write_to_image", Rule::p8, "the controller writes to the image",
       [](Scene& s) {
         on_read(s, 0, [&s](std::uint64_t address, Cycle cycle) {
           s.bus->request(tlm::TLM_WRITE_COMMAND, address, cycle);
         });
       }},
      {"other_groups", Rule::p9, "a layer is configured with groups that are not the table's",
       [](Scene& s) {
         on_control(s, 1, [&s](Timed<ControlMessage>& item) {
           s.other_groups = *item.item.groups;
           std::swap(s.other_groups.front(), s.other_groups.back());
           item.item.groups = &s.other_groups;
           return Deed::none;
         });
       }},
      {"flag_inverted", Rule::p9, "a layer issues a group with one flag inverted",
       [](Scene& s) {
         for (const KernelGroup& group : s.image.groups(0, 1)) {
           s.other_flags.push_back(encode_flags(group, s.image.blocks(0)));
         }
         s.other_flags.front().back() = !s.other_flags.front().back();
         s.listen = [&s](Accelerator& m) {
           m.layers[0]->on_done.listen([&s, &m](const LayerDone& e) {
             s.deed = std::min(s.deed, e.start);
             m.layers[0]->on_groups.emit({e.start, 0, e.input, e.iteration, &s.other_flags});
           });
         };
       }},
      {"credit_lost", Rule::p10, "the receiver of the decision never completes the transaction",
       [](Scene& s) {
         s.before_receiver["score_calculation.out_decision"] = [&s] {
           return std::make_unique<BrokenStream<Decision>>(
               "broken", s.clock, [last = false](Timed<Decision>& item) mutable {
                 const bool is_last = item.item.terminate != 0 && !last;
                 last = last || is_last;
                 return is_last ? Deed::no_credit : Deed::none;
               });
         };
         s.deed_of = [](const MonitoredMachine& m) {
           for (std::size_t i = 1; i < m.states().size(); ++i) {
             if (m.states()[i].state == ControllerState::idle && m.states()[i].iteration > 0) {
               return m.states()[i].cycle;
             }
           }
           return kNever;
         };
       }},
      {"attribute_changed", Rule::p11, "a receiver changes the address of a transaction",
       [](Scene& s) {
         struct Meddler final : Interposer {
           Meddler(const sc_core::sc_module_name& module_name, Scene& of)
               : Interposer(module_name), scene(of) {}
           tlm::tlm_sync_enum nb_transport_bw(Payload& payload, tlm::tlm_phase& phase,
                                              sc_core::sc_time& delay) override {
             if (scene.deed == kNever) {
               scene.deed = scene.clock.now();
               payload.set_address(4);
             }
             return Interposer::nb_transport_bw(payload, phase, delay);
           }
           Scene& scene;
         };
         s.before_receiver["score_calculation.out_decision"] = [&s] {
           return std::make_unique<Meddler>("broken", s);
         };
       }},
      {"precharge_too_early", Rule::p12, "the memory controller waits one tCK less for tRCD",
       [](Scene& s) {
         Ddr3ControllerParams ddr3;
         s.monitored.memory = ddr3_memory(ddr3);
         ddr3.channel.part.timing.rcd -= 1;
         s.built.memory = ddr3_memory(ddr3);
         s.listen = [&s](Accelerator& m) {
           MemoryCommands& memory = *m.memory->commands();
           memory.on_command.listen([&s, &memory](const CommandIssued& e) {
             if (e.command == DramCommand::read && s.deed == kNever) {
               s.deed = s.clock.cycle_of(memory.ddr_clock().duration(e.cycle));
             }
           });
         };
       }},
      {"too_many_reads", Rule::p13, "the controller keeps one read more in flight than allowed",
       [](Scene& s) {
         s.built.controller.fetch.outstanding_reads = 5;
         s.monitored.controller.fetch.outstanding_reads = 4;
         s.break_bus([&s, reads = 0](std::uint64_t, Cycle cycle) mutable {
           s.deed = ++reads == 5 ? cycle : s.deed;
           return BrokenBus::Deed::none;
         });
       }},
      {"stream_buffer_overrun", Rule::p13, "a stream buffer holds one burst more than it can",
       [](Scene& s) {
         s.monitored.controller.fetch.stream_buffer_bursts =
             s.built.controller.fetch.stream_buffer_bursts - 1;
         // Before the first data comes, nothing of what was read is used up.
         s.built.memory = flat_memory({1000, 1, 0});
         s.listen = [&s](Accelerator& m) {
           const unsigned places = s.built.controller.fetch.stream_buffer_bursts;
           auto in_buffer = std::make_shared<std::array<unsigned, kStreams>>();
           m.controller->on_state.listen([in_buffer](const StateEntered&) { in_buffer->fill(0); });
           m.controller->on_read.listen([&s, in_buffer, places](const ReadIssued& e) {
             const bool is_full = ++(*in_buffer)[static_cast<std::size_t>(e.stream)] == places;
             const bool is_weight =
                 e.address >= s.image.find(SectionKind::value, kAllLayers, 1, 0)->offset &&
                 e.address < s.image.bytes().size;
             if (is_full && is_weight && s.deed == kNever) {
               s.deed = e.cycle;
             }
           });
         };
       }},
      {"product_of_another_row", Rule::p14, "a hit gives another product than its row's",
       [](Scene& s) {
         break_searches(s, [](RowSearch& search) {
           search.product += search.row != kNoMatch ? 1 : 0;
           return search.row != kNoMatch;
         });
       },
       SceneOf::memories},
      {"row_missed", Rule::p14, "a search does not find the row that matches",
       [](Scene& s) {
         break_searches(s, [](RowSearch& search) {
           const bool is_hit = search.row != kNoMatch;
           search.row = kNoMatch;
           return is_hit;
         });
       },
       SceneOf::memories},
      {"miss_rounded", Rule::p14, "a miss is not multiplied exactly",
       [](Scene& s) {
         break_searches(s, [](RowSearch& search) {
           const bool is_miss = search.row == kNoMatch && search.pixel != 0;
           search.product -= is_miss ? 1 : 0;
           return is_miss;
         });
       },
       SceneOf::memories},
      {"row_altered", Rule::p14, "a layer's memory holds another row than the image",
       [](Scene& s) {
         s.listen = [&s](Accelerator& m) {
           m.layers[0]->on_done.listen([&s, &m](const LayerDone& e) {
             s.deed = std::min(s.deed, e.start);
             const std::vector<RowSearch> none;
             std::vector<MatchRow> rows = s.image.match_rows(0);
             ++rows.front().product;
             m.layers[0]->on_searches.emit({e.start, 0, e.input, e.iteration, &rows,
                                            e.multiplications, e.zero_products, e.searches, e.hits,
                                            &none});
           });
         };
       },
       SceneOf::memories},
      {"line_begins_elsewhere", Rule::p15, "a decompressor begins a line one off",
       [](Scene& s) { on_lines(s, [](LineSegment& segment) { segment.start ^= 1; }); },
       SceneOf::lines},
  };
  return units;
}

/// A network with associative memories.
Scene scene_with_memory() {
  for (unsigned seed = 1;; ++seed) {
    RandomModel random(seed);
    CompileOptions options = random.options();
    options.scheme = Scheme::iterative;
    options.precision = 32;
    options.drops_signs = false;
    options.bins = 4;
    options.rows = 16;
    const auto size = static_cast<std::size_t>(random.model().network.input.size());
    std::vector<float> input(size);
    for (std::size_t i = 0; i < size; ++i) {
      input[i] = static_cast<float>(i % 7) / 8;
    }
    options.calibration = {input};
    MemoryImage image = image_of(random.model(), options);
    if (image.info().iterations >= 2 && image.network().layers[0].has_weights() &&
        image.network().layers[0].weights > 60) {
      return Scene(std::move(image));
    }
  }
}

/// A network whose weights are lines.
Scene scene_with_lines() {
  for (unsigned seed = 1;; ++seed) {
    RandomModel random(seed);
    CompileOptions options = random.options();
    options.scheme = Scheme::iterative;
    options.weights = WeightForm::line;
    options.lines.delta = 1;
    MemoryImage image = image_of(random.model(), options);
    if (image.info().iterations >= 2 && image.network().layers[0].has_weights() &&
        image.network().layers[0].weights > 60) {
      return Scene(std::move(image));
    }
  }
}

/// A network whose first layer is interleaved and which takes at least two iterations.
Scene scene() {
  for (unsigned seed = 1;; ++seed) {
    RandomModel random(seed);
    CompileOptions options = random.options();
    options.scheme = Scheme::interleaved;
    MemoryImage image = image_of(random.model(), options);
    const bool fits = image.info().iterations >= 2 && image.network().layers[0].has_weights() &&
                      image.is_interleaved(0, 1) && image.groups(0, 1).size() > 1 &&
                      image.find(SectionKind::value, kAllLayers, 2, 0) != nullptr &&
                      image.cluster(1, 0).value.size() > 200;
    if (fits) {
      return Scene(std::move(image));
    }
  }
}

std::string row_of(const BrokenUnit& unit, const Violation& violation) {
  return "| " + to_string(unit.rule) + " | " + unit.what + " | " + violation.unit + " | " +
         std::to_string(violation.cycle) + " | " + violation.seen + " | " + violation.due + " |";
}

/// The page of all rows is committed; scripts/update-protocol-coverage collects them by
/// AIRNN_PROTOCOL_ROWS.
void expect_documented(const std::string& row) {
  if (const char* path = std::getenv("AIRNN_PROTOCOL_ROWS")) {
    std::ofstream(path, std::ios::app) << row << "\n";
    return;
  }
  std::ifstream page(source_path("docs/protocol_coverage.md"));
  std::stringstream text;
  text << page.rdbuf();
  EXPECT_THAT(text.str(), HasSubstr(row))
      << "docs/protocol_coverage.md is old: run scripts/update-protocol-coverage";
}

class BrokenUnits : public testing::TestWithParam<BrokenUnit> {};

TEST_P(BrokenUnits, AreCaughtInTheirCycle) {
  const BrokenUnit& unit = GetParam();
  Scene s = unit.scene == SceneOf::memories ? scene_with_memory()
            : unit.scene == SceneOf::lines  ? scene_with_lines()
                                            : scene();
  s.deed_of = [&s](const MonitoredMachine&) { return s.deed; };
  unit.arrange(s);
  RandomModel random(7);
  const auto find = [](const std::map<std::string, Scene::Make>& inserts) {
    return [&inserts](const std::string& sender) {
      const auto found = inserts.find(sender);
      return found == inserts.end() ? nullptr : found->second();
    };
  };
  MonitoredMachine machine(s.image, s.built, s.monitored,
                           {random.input(s.image.network()), random.input(s.image.network())},
                           find(s.behind_sender), find(s.before_receiver), s.listen);
  s.prepare(machine);
  machine.run();
  ASSERT_FALSE(machine.violations().empty()) << "not caught; " << machine.failure();
  const Violation& first = machine.violations().front();
  EXPECT_EQ(to_string(first.rule), to_string(unit.rule)) << first.text();
  EXPECT_EQ(first.cycle, s.deed_of(machine)) << first.text();
  expect_documented(row_of(unit, first));
}

/// Which acknowledgement counts a word too many, or too few.
struct Miscount {
  unsigned batch;
  bool too_many;
};

void PrintTo(const Miscount& miscount, std::ostream* out) {
  *out << "batch " << miscount.batch << (miscount.too_many ? ", too many" : ", too few");
}

/// The monitors see what was sent; what arrives is something else.
class BrokenAcknowledgement : public testing::TestWithParam<Miscount> {};

TEST_P(BrokenAcknowledgement, IsRefusedByTheController) {
  Scene s = scene();
  const unsigned batch = GetParam().batch;
  const auto arriving = [&](const std::string& sender) -> std::unique_ptr<Interposer> {
    if (sender != "buffer_address_calculation.out_batch_placed") {
      return nullptr;
    }
    return std::make_unique<BrokenStream<BatchPlaced>>(
        "broken", s.clock, nth<BatchPlaced>(batch, s, [](Timed<BatchPlaced>& item) {
          item.item.words = GetParam().too_many ? item.item.words + 1 : item.item.words - 1;
          return Deed::none;
        }));
  };
  RandomModel random(7);
  MonitoredMachine machine(s.image, s.built, s.monitored, {random.input(s.image.network())},
                           nullptr, arriving, s.listen);
  machine.run();
  EXPECT_TRUE(machine.violations().empty()) << machine.violations().front().text();
  EXPECT_THAT(machine.failure(), HasSubstr("another number of words was placed than the " +
                                           std::string(batch == 0 ? "image" : "batch") + " has"));
}

INSTANTIATE_TEST_SUITE_P(BootAndBatch, BrokenAcknowledgement,
                         testing::Values(Miscount{0, true}, Miscount{0, false}, Miscount{1, true},
                                         Miscount{1, false}));

INSTANTIATE_TEST_SUITE_P(Rules, BrokenUnits, testing::ValuesIn(broken_units()),
                         [](const testing::TestParamInfo<BrokenUnit>& unit) {
                           return unit.param.name;
                         });

}  // namespace
}  // namespace airnn::test
