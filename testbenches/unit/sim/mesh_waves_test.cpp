// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/observers/mesh_waves.h"

#include <algorithm>
#include <array>
#include <map>

#include "testbenches/support/effort.h"
#include "testbenches/unit/link/noc/mesh_run.h"
#include "testbenches/unit/wave/wave_testing.h"

namespace airnn::test {
namespace {

constexpr std::array<const char*, kSendingPorts> kOutputs = {
    ".to_north", ".to_east", ".to_south", ".to_west", ".ejection", ".injection"};
constexpr std::array<const char*, kRouterPorts> kInputs = {
    ".from_north", ".from_east", ".from_south", ".from_west", ".injection"};

using Changes = std::map<Cycle, std::uint64_t>;

/// What each signal should show, by its path: values by the cycle from which they hold.
class Due {
 public:
  void set(const std::string& path, Cycle cycle, std::uint64_t value) {
    Changes& changes = all.try_emplace(path, Changes{{0, 0}}).first->second;
    if (changes.rbegin()->second != value) {
      changes[cycle] = value;
    }
  }
  std::map<std::string, Changes> all;
};

/// All of a twin that a waveform shows in a cycle, but for what is sent.
void look_at_state(const MeshTwin& twin, const MeshParams& params, Cycle t, Due& due) {
  const auto number = [&](unsigned channel) {
    return params.virtual_channels == 1 ? std::string() : std::to_string(channel);
  };
  const MeshLayout layout(params);
  for (unsigned node = 0; node < params.nodes(); ++node) {
    const std::string scope = "top.mesh.node" + std::to_string(node);
    due.set(scope + ".injection.queued", t, twin.queued(node));
    for (unsigned port = 0; port < kRouterPorts; ++port) {
      if (port < 4 && !layout.has_neighbour(node, static_cast<MeshPort>(port))) {
        continue;
      }
      for (unsigned channel = 0; channel < params.virtual_channels; ++channel) {
        const auto owner = twin.owner(node, port, channel);
        due.set(scope + kOutputs[port] + ".owner" + number(channel), t, owner ? *owner + 1 : 0);
        due.set(scope + kInputs[port] + ".fill" + number(channel), t,
                twin.fill(node, port, channel));
      }
    }
  }
}

/// What was sent in a cycle; nothing else is in the next.
class DuePushes final : public MeshListener {
 public:
  explicit DuePushes(Due& due) : due_(due) {}
  void offered(const MeshPacket& /*packet*/) override {}
  void pushed(const FlitPushed& event) override {
    const std::string port = "top.mesh.node" + std::to_string(event.node) +
                             kOutputs[static_cast<std::size_t>(event.output)];
    due_.set(port + ".valid", event.cycle, 1);
    const std::map<std::string, std::uint64_t> fields = {
        {".virtual_channel", event.packet->virtual_channel},
        {".source", event.packet->source},
        {".destination", event.packet->destination},
        {".flit", event.flit},
        {".flits", event.packet->flits}};
    for (const auto& [field, value] : fields) {
      due_.set(port + field, event.cycle, value);
    }
    valid_.push_back(port + ".valid");
  }
  void end_cycle(Cycle cycle) {
    std::vector<std::string> ended;
    ended.swap(before_);
    before_.swap(valid_);
    for (const std::string& path : ended) {
      if (std::find(before_.begin(), before_.end(), path) == before_.end()) {
        due_.set(path, cycle, 0);
      }
    }
  }

 private:
  Due& due_;
  std::vector<std::string> valid_;   ///< of the present cycle
  std::vector<std::string> before_;  ///< of the one before
};

class MeshWavesTest : public WaveTest {
 protected:
  void run(const MeshParams& params, const Packets& packets) {
    WaveTree tree;
    MeshWaves waves(params, tree, "top.mesh");
    const std::vector<std::unique_ptr<WaveSource>> sources = waves.take_sources();
    VcdWriter writer(tree, file_);
    WaveRecorder recorder(writer, WaveWindow());
    for (const std::unique_ptr<WaveSource>& source : sources) {
      recorder.add(*source, 1);
      waves.connect(*source);
    }
    MeshFabric fabric(params, waves);
    for (const MeshPacket& packet : packets) {
      fabric.run_until(packet.offered);
      fabric.offer(packet);
    }
    while (fabric.next_event() != kNever) {
      fabric.run_until(fabric.next_event() + 1);
    }
    recorder.run_until(fabric.now() + 2);
    writer.close();
  }

  static Due of_twin(const MeshParams& params, const Packets& packets) {
    Due due;
    DuePushes pushes(due);
    MeshTwin twin(params, pushes);
    auto next = packets.begin();
    Cycle t = 0;
    for (; next != packets.end() || !twin.idle(); ++t) {
      for (; next != packets.end() && next->offered == t; ++next) {
        twin.offer(*next);
      }
      look_at_state(twin, params, t, due);
      twin.step(t);
      pushes.end_cycle(t);
    }
    look_at_state(twin, params, t, due);
    pushes.end_cycle(t);
    return due;
  }
};

TEST_F(MeshWavesTest, ShowWhatTheNaiveTwinHasInEveryCycle) {
  for (unsigned seed = 0; seed < drawn_cases(8); ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    MeshParams params = draw_mesh(random);
    params.width = draw(random, 2, 4);
    params.height = draw(random, 1, 3);
    Packets packets;
    for (unsigned i = 0; i < 40; ++i) {
      const Cycle offered = packets.empty() ? 0 : packets.back().offered + draw(random, 0, 4);
      packets.push_back({i, offered, draw(random, 0, params.nodes() - 1),
                         draw(random, 0, params.nodes() - 1), draw(random, 1, 9),
                         draw(random, 0, params.virtual_channels - 1)});
    }
    run(params, packets);
    const VcdFile wave = written();
    const Due due = of_twin(params, packets);
    for (const auto& [path, changes] : due.all) {
      ASSERT_EQ(wave.signals.count(path), 1U) << path;
      Changes shown;
      for (const auto& [time, bits] : wave[path].changes) {
        shown[time] = VcdSignal::number_of(bits);
      }
      ASSERT_EQ(shown, changes) << path;
    }
  }
}

TEST_F(MeshWavesTest, TellOnlyThoseWhoAskAndNobodyBehindTheEnd) {
  const MeshParams params;
  const Packets packets = {{0, 0, 0, 3, 4, 0}};
  WaveTree tree;
  MeshWaves waves(params, tree, "top.mesh");
  const std::vector<std::unique_ptr<WaveSource>> sources = waves.take_sources();
  waves.connect(*sources[1]);
  MeshFabric fabric(params, waves);
  fabric.offer(packets[0]);
  fabric.run_until(4);
  EXPECT_EQ(sources[0]->next(), kNever);
  EXPECT_EQ(sources[2]->next(), kNever);
  EXPECT_NE(sources[1]->next(), kNever);
  waves.stop_when([] { return true; });
  waves.connect(*sources[3]);
  fabric.run_until(100);
  EXPECT_EQ(sources[3]->next(), kNever);
}

}  // namespace
}  // namespace airnn::test
