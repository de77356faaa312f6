// SPDX-License-Identifier: Apache-2.0
#include "hw/wave/wave_formats.h"

#include <fstream>
#include <iterator>
#include <limits>
#include <random>

#include "sw/format/errors.h"
#include "testbenches/support/fst_file.h"
#include "testbenches/unit/wave/wave_testing.h"

namespace airnn::test {
namespace {

class WaveFormats : public WaveTest {
 protected:
  void SetUp() override {
    if (!AIRNN_HAS_FST) {
      GTEST_SKIP() << "fstapi and fst2vcd were not found when the build was configured";
    }
  }
  void TearDown() override { std::remove(fst_.c_str()); }

  /// The same into both files.
  template <typename Tell>
  void tell(const Tell& tell_one) {
    for (const std::string& path : {file_, fst_}) {
      const std::unique_ptr<WaveWriter> writer = create_wave(tree_, path);
      tell_one(*writer);
      writer->close();
    }
  }
  std::string difference_of_files() const {
    return difference(read_vcd(file_), read_fst(AIRNN_FST2VCD, fst_));
  }

  std::string bytes_of_fst() const {
    std::ifstream file(fst_, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  WaveTree tree_;
  std::string fst_ = file_ + ".fst";
};

TEST_F(WaveFormats, HaveTheSameSignalsAndChanges) {
  static const WaveStates states = {"states", {"off", "on", "late"}};
  std::vector<WaveId> numbers;
  for (unsigned width = 1; width <= 64; ++width) {
    numbers.push_back(tree_.add("top.unit" + std::to_string(width % 5) + ".part",
                                "n" + std::to_string(width), WaveType::number(width)));
  }
  numbers.push_back(tree_.add("top", "line", WaveType::bit()));
  numbers.push_back(tree_.add("top", "signed", WaveType::signed_number(20)));
  numbers.push_back(tree_.add("top.bus", "address", WaveType::address()));
  numbers.push_back(tree_.add("top.bus", "state", WaveType::state(states)));
  numbers.push_back(tree_.add("top", "sum", WaveType::sum()));
  const WaveId real = tree_.add("top.score", "value", WaveType::real());
  const WaveId name = tree_.add("top.score", "name", WaveType::text());
  tree_.alias("other.scope", "same", numbers.back());
  // Enough for several of the blocks in which an FST file is packed.
  constexpr std::uint64_t kSteps = 4000;
  tell([&](WaveWriter& writer) {
    std::mt19937_64 random(1);
    writer.set_text(name, "a layer, /0/Conv");
    writer.at(10);
    writer.set(numbers[3], 5);
    writer.open();
    for (std::uint64_t time = 11; time < kSteps; time += 1 + random() % 2) {
      writer.at(time);
      if (time % 7 == 0) {
        continue;  // nothing changes
      }
      for (const WaveId id : numbers) {
        writer.set(id, random() >> random() % 64);
      }
      writer.set_real(real, static_cast<double>(random()) / 3e15);
    }
    writer.at(kSteps);
    writer.set_signed(numbers.back(), std::numeric_limits<std::int64_t>::min());
  });
  EXPECT_EQ(difference_of_files(), "");
  EXPECT_EQ(read_fst(AIRNN_FST2VCD, fst_).first_time, 10U);
}

TEST_F(WaveFormats, HaveOnlyTheTracedSignals) {
  tree_ = WaveTree({"top.b"});
  const WaveId a = tree_.add("top", "a", WaveType::number(8));
  const WaveId b = tree_.add("top", "b", WaveType::number(8));
  tell([&](WaveWriter& writer) {
    EXPECT_FALSE(writer.is_traced(a));
    writer.open();
    writer.at(1);
    writer.set(a, 1);
    writer.set(b, 2);
  });
  EXPECT_EQ(difference_of_files(), "");
  EXPECT_EQ(read_fst(AIRNN_FST2VCD, fst_).signals.size(), 1U);
}

TEST_F(WaveFormats, OfTheSameAreTheSameBytes) {
  const WaveId id = tree_.add("top", "a", WaveType::number(8));
  const auto bytes = [&] {
    tell([&](WaveWriter& writer) {
      writer.open();
      writer.at(3);
      writer.set(id, 9);
    });
    return bytes_of_fst();
  };
  EXPECT_EQ(bytes(), bytes());
}

TEST_F(WaveFormats, SayWhenAFileCannotBeCreated) {
  tree_.add("top", "a", WaveType::bit());
  EXPECT_THROW(create_wave(tree_, "/proc/none.fst"), UserError);
}

TEST(WaveFormatsOfABuild, RefuseWhatIsNotInIt) {
  if (AIRNN_HAS_FST) {
    EXPECT_NO_THROW(check_wave_format("w.fst"));
  } else {
    EXPECT_THROW(check_wave_format("w.fst"), UserError);
  }
  EXPECT_NO_THROW(check_wave_format("w.vcd"));
}

}  // namespace
}  // namespace airnn::test
