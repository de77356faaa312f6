// SPDX-License-Identifier: Apache-2.0
#include "hw/link/noc/mesh_replay.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <random>

#include "testbenches/support/effort.h"

namespace airnn::test {
namespace {

struct Sent {
  Cycle cycle = 0;  ///< from the rest on
  std::size_t channel = 0;
  bool is_item = false;
  std::vector<unsigned> packets;
};
using Session = std::vector<Sent>;

class Nobody final : public MeshListener {
 public:
  void offered(const MeshPacket&) override {}
  void pushed(const FlitPushed&) override { ++flits; }
  std::uint64_t flits = 0;
};

/// A mesh in one mode, and all that came out of it.
class Side final : public MeshReceiver {
 public:
  Side(const MeshParams& params, const std::vector<MeshChannel>& channels, ReplayMode mode,
       std::size_t most_sends)
      : mesh(params, *this, listener, mode, most_sends) {
    for (const MeshChannel& channel : channels) {
      mesh.add(channel);
    }
  }

  void arrives(std::size_t channel, bool is_item, Cycle cycle) override {
    arrivals.push_back({cycle, channel, is_item ? 1U : 0U, step});
  }
  void send(const Sent& sent, Cycle base) {
    if (sent.is_item) {
      mesh.send(sent.channel, base + sent.cycle, sent.packets);
    } else {
      mesh.send_credit(sent.channel, base + sent.cycle);
    }
  }

  Nobody listener;
  MeshReplay mesh;
  Cycle step = 0;  ///< what arrives is told in this cycle
  std::vector<std::array<std::uint64_t, 4>> arrivals;
};

class Sessions {
 public:
  explicit Sessions(unsigned seed) : random_(seed) {
    params_.width = draw(2, 3);
    params_.height = draw(1, 3);
    params_.virtual_channels = draw(1, 2);
    params_.buffer_flits = draw(1, 4);
    params_.link_cycles = draw(1, 3);
    channels_.resize(draw(2, 6));
    for (MeshChannel& channel : channels_) {
      channel = {draw(0, params_.nodes() - 1), draw(0, params_.nodes() - 1),
                 draw(0, params_.virtual_channels - 1), draw(0, params_.virtual_channels - 1)};
    }
    for (int n = 0; n < 12; ++n) {
      sessions_.push_back(next());
    }
  }

  std::uint64_t replayed_sends = 0;
  std::uint64_t spared_flits = 0;

  void run() {
    const std::size_t most = draw(0, 2) > 0 ? MeshReplay::kMostSends : draw(1, 60);
    Side moved(params_, channels_, ReplayMode::off, most);
    Side replayed(params_, channels_, ReplayMode::on, most);
    Side checked(params_, channels_, ReplayMode::checked, most);
    Cycle t = 0;
    for (const Session& session : sessions_) {
      const Cycle base = t;
      std::size_t sent = 0;
      for (; sent < session.size() || t < free_from({&moved, &replayed, &checked}); ++t) {
        const std::size_t first = sent;
        while (sent < session.size() && base + session[sent].cycle <= t + 1) {
          ++sent;
        }
        Session now(session.begin() + static_cast<std::ptrdiff_t>(first),
                    session.begin() + static_cast<std::ptrdiff_t>(sent));
        for (const Sent& each : now) {
          moved.send(each, base);
          checked.send(each, base);
        }
        // Whatever the order in which channels call.
        std::stable_sort(now.begin(), now.end(),
                         [](const Sent& a, const Sent& b) { return a.channel > b.channel; });
        for (const Sent& each : now) {
          replayed.send(each, base);
        }
        for (Side* side : {&moved, &replayed, &checked}) {
          side->step = t;
          side->mesh.run_until(t + 1);
        }
        if (draw(0, 9) == 0) {
          const auto due = moved.mesh.take_work(t);
          EXPECT_EQ(replayed.mesh.take_work(t), due);
          EXPECT_EQ(checked.mesh.take_work(t), due);
        }
      }
      EXPECT_EQ(moved.mesh.links_free_from(), replayed.mesh.links_free_from());
      for (Side* side : {&moved, &replayed, &checked}) {
        side->mesh.settle();
      }
      ASSERT_EQ(replayed.arrivals, moved.arrivals);
      ASSERT_EQ(checked.arrivals, moved.arrivals);
      const auto due = moved.mesh.take_work(t);
      EXPECT_EQ(replayed.mesh.take_work(t), due);
      EXPECT_EQ(checked.mesh.take_work(t), due);
    }
    replayed_sends = replayed.mesh.replayed();
    EXPECT_LE(replayed.listener.flits, moved.listener.flits);
    spared_flits = moved.listener.flits - replayed.listener.flits;
    EXPECT_EQ(moved.mesh.replayed() + checked.mesh.replayed(), 0U);
    EXPECT_EQ(checked.listener.flits, moved.listener.flits);
  }

 private:
  unsigned draw(unsigned low, unsigned high) {
    return std::uniform_int_distribution<unsigned>(low, high)(random_);
  }

  Sent drawn(Cycle cycle) {
    Sent sent{cycle, draw(0, static_cast<unsigned>(channels_.size()) - 1), draw(0, 2) > 0, {}};
    for (unsigned n = sent.is_item ? draw(1, 3) : 0; n > 0; --n) {
      sent.packets.push_back(draw(1, 9));
    }
    return sent;
  }

  /// A new one, or one before: the same, its beginning, more of it, or with something different.
  Session next() {
    Session session;
    Cycle cycle = 0;
    if (!sessions_.empty() && draw(0, 3) > 0) {
      session = sessions_[draw(0, static_cast<unsigned>(sessions_.size()) - 1)];
      cycle = session.back().cycle;
      switch (draw(0, 4)) {
        case 0:
          session.resize(draw(1, static_cast<unsigned>(session.size())));
          return session;
        case 1:
          break;
        case 2:
          session.erase(session.begin() + draw(0, static_cast<unsigned>(session.size()) - 1));
          if (!session.empty()) {
            return session;
          }
          break;
        case 3: {
          Sent& sent = session[draw(0, static_cast<unsigned>(session.size()) - 1)];
          sent = drawn(sent.cycle);
          return session;
        }
        default:
          return session;
      }
    }
    for (unsigned n = draw(1, 25); n > 0; --n) {
      cycle += draw(n > 0 ? 1 : 0, 12) / 3;
      session.push_back(drawn(std::max<Cycle>(cycle, 1)));
    }
    return session;
  }

  /// When everything has arrived and all links are free, and one cycle more.
  static Cycle free_from(std::initializer_list<Side*> sides) {
    Cycle free = 0;
    for (const Side* side : sides) {
      if (side->mesh.next_event() != kNever) {
        return kNever;
      }
      free = std::max(free, side->mesh.links_free_from());
      if (!side->arrivals.empty()) {
        free = std::max<Cycle>(free, side->arrivals.back()[0]);
      }
    }
    return free;
  }

  std::mt19937 random_;
  MeshParams params_;
  std::vector<MeshChannel> channels_;
  std::vector<Session> sessions_;
};

/// In the same cycles, and told of in the same.
TEST(MeshReplay, GivesWhatMovingEachFlitDoes) {
  std::uint64_t replayed = 0;
  std::uint64_t spared = 0;
  for (unsigned seed = 0; seed < drawn_cases(200); ++seed) {
    SCOPED_TRACE(seed);
    Sessions sessions(seed);
    sessions.run();
    ASSERT_FALSE(testing::Test::HasFailure());
    replayed += sessions.replayed_sends;
    spared += sessions.spared_flits;
  }
  EXPECT_GT(replayed, 0U);
  EXPECT_GT(spared, 0U);
}

}  // namespace
}  // namespace airnn::test
