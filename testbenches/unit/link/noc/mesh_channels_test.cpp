// SPDX-License-Identifier: Apache-2.0
#include "hw/link/noc/mesh_channels.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "testbenches/reference/mesh_channels_twin.h"
#include "testbenches/support/effort.h"
#include "testbenches/unit/link/noc/mesh_run.h"

namespace airnn::test {
namespace {

/// Streams between random nodes, random items and receivers that stall, in the mesh and its twin.
class RandomStreams {
 public:
  explicit RandomStreams(unsigned seed) : random_(seed), params_(draw_mesh(random_)) {
    params_.flit_bits = 16U << draw(random_, 0, 5);
    const unsigned count = draw(random_, 1, 12);
    for (unsigned i = 0; i < count; ++i) {
      MeshChannel channel;
      channel.source = draw(random_, 0, params_.nodes() - 1);
      channel.destination = draw(random_, 0, params_.nodes() - 1);
      channel.item_channel = draw(random_, 0, params_.virtual_channels - 1);
      channel.credit_channel = draw(random_, 0, params_.virtual_channels - 1);
      slots_.push_back(draw(random_, 1, 8));
      channels_.push_back(channel);
      streams_.push_back({channel.source, channel.destination, channel.item_channel,
                          channel.credit_channel, slots_.back(),
                          params_.flit_bits == 16 ? 2U : 1U});
      stalls_.push_back(draw(random_, 0, 1) == 0 ? 0 : draw(random_, 1, 60));
      eager_.push_back(draw(random_, 1, 20));
    }
  }

  void run(Cycle cycles) {
    MeshChannels mesh(params_, seen_);
    for (std::size_t i = 0; i < channels_.size(); ++i) {
      mesh.add(channels_[i], slots_[i]);
    }
    MeshChannelsTwin twin(params_, streams_, twin_seen_);
    std::vector<std::size_t> order(channels_.size());
    std::iota(order.begin(), order.end(), 0);
    for (Cycle t = 0; t < cycles || !twin.idle(); ++t) {
      ASSERT_LT(t, cycles + 100000) << "stuck";
      mesh.run_until(t);
      twin.begin(t);
      std::shuffle(order.begin(), order.end(), random_);
      for (const std::size_t i : order) {
        ASSERT_EQ(mesh.waiting(i), twin.waiting(i)) << "cycle " << t << " channel " << i;
        ASSERT_EQ(mesh.can_send(i), twin.can_send(i)) << "cycle " << t << " channel " << i;
        ASSERT_EQ(mesh.all_free(i), twin.all_free(i)) << "cycle " << t << " channel " << i;
        use(mesh, twin, i, t < cycles);
      }
      twin.end(t);
    }
    mesh.run_until(mesh.now() + 1);
    EXPECT_TRUE(mesh.idle());
    ASSERT_EQ(seen_.flits.size(), twin_seen_.flits.size());
    for (std::size_t i = 0; i < seen_.flits.size(); ++i) {
      ASSERT_EQ(seen_.flits[i], twin_seen_.flits[i]) << i;
    }
  }

 private:
  void use(MeshChannels& mesh, MeshChannelsTwin& twin, std::size_t i, bool sends) {
    if (twin.waiting(i) > 0 && draw(random_, 0, stalls_[i]) == 0) {
      mesh.pop(i);
      twin.pop(i);
    }
    if (sends && twin.can_send(i) && draw(random_, 1, eager_[i]) == 1) {
      std::vector<unsigned> packets(draw(random_, 1, 3));
      for (unsigned& flits : packets) {
        flits = draw(random_, 1, 18);
      }
      mesh.send(i, packets);
      twin.send(i, packets);
    }
  }

  std::mt19937 random_;
  MeshParams params_;
  std::vector<MeshChannel> channels_;
  std::vector<unsigned> slots_;
  std::vector<StreamOverMesh> streams_;
  std::vector<unsigned> stalls_;  ///< an item waits so long on average
  std::vector<unsigned> eager_;   ///< cycles between items, if there are slots
  SeenMesh seen_;
  SeenMesh twin_seen_;
};

TEST(MeshChannels, EqualTheirTwinInEveryCycleWhateverReceiversDo) {
  for (unsigned seed = 0; seed < drawn_cases(150); ++seed) {
    SCOPED_TRACE(seed);
    RandomStreams streams(seed);
    streams.run(600);
    ASSERT_FALSE(testing::Test::HasFatalFailure());
  }
}

/// With short buffers, one virtual channel and receivers that hardly ever take anything, all comes
/// to its end nevertheless.
TEST(MeshChannels, NeverLockUpWhateverReceiversDo) {
  for (unsigned seed = 0; seed < drawn_cases(10000); ++seed) {
    std::mt19937 random(seed);
    MeshParams params;
    params.width = draw(random, 2, 4);
    params.height = draw(random, 1, 4);
    params.buffer_flits = draw(random, 1, 2);
    params.virtual_channels = draw(random, 1, 2);
    SeenMesh seen;
    MeshChannels mesh(params, seen);
    std::vector<unsigned> left(draw(random, 2, 10), 5);
    const std::vector<unsigned> nothing(left.size(), 0);
    for (std::size_t i = 0; i < left.size(); ++i) {
      MeshChannel channel;
      channel.source = draw(random, 0, params.nodes() - 1);
      channel.destination = draw(random, 0, params.nodes() - 1);
      channel.credit_channel = params.virtual_channels - 1;
      mesh.add(channel, draw(random, 1, 4));
    }
    for (Cycle t = 0; !mesh.idle() || left != nothing; ++t) {
      ASSERT_LT(t, 100000U) << "seed " << seed;
      mesh.run_until(t);
      for (std::size_t i = 0; i < left.size(); ++i) {
        if (mesh.waiting(i) > 0 && draw(random, 0, 15) == 0) {
          mesh.pop(i);
        }
        if (left[i] > 0 && mesh.can_send(i)) {
          --left[i];
          mesh.send(i, {draw(random, 1, 12)});
        }
      }
    }
  }
}

TEST(MeshChannels, RefuseAnItemWithoutASlotAndAPopWithoutAnItem) {
  SeenMesh seen;
  MeshChannel channel;
  channel.destination = 5;
  MeshChannels mesh(MeshParams(), seen);
  mesh.add(channel, 1);
  EXPECT_THROW(mesh.pop(0), std::logic_error);
  mesh.send(0, {3});
  EXPECT_THROW(mesh.send(0, {3}), std::logic_error);
}

/// From queued to slot free, the receiver popping at once: 2 (H + 1) D + (L - 1) C + 3.
TEST(MeshChannels, TakeTheRoundTripOfTheClosedForm) {
  for (const Cycle hop : {1U, 2U, 3U, 5U}) {
    for (const Cycle link : {1U, 2U}) {
      for (const unsigned destination : {0U, 1U, 6U, 15U}) {
        for (const unsigned flits : {1U, 4U, 9U}) {
          MeshParams params;
          params.buffer_flits = 8;
          params.hop_cycles = hop;
          params.link_cycles = link;
          MeshChannel channel;
          channel.destination = destination;
          SeenMesh seen;
          MeshChannels mesh(params, seen);
          mesh.add(channel, 1);
          mesh.run_until(7);
          mesh.send(0, {flits});
          Cycle t = 7;
          for (bool popped = false; !popped || !mesh.can_send(0);) {
            mesh.run_until(++t);
            if (mesh.waiting(0) > 0) {
              mesh.pop(0);
              popped = true;
            }
          }
          const Cycle hops = MeshLayout(params).hops(0, destination);
          EXPECT_EQ(t - 7, 2 * (hops + 1) * hop + (flits - 1) * link + 3);
        }
      }
    }
  }
}

}  // namespace
}  // namespace airnn::test
