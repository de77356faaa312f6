// SPDX-License-Identifier: Apache-2.0
#include "sw/data/cifar_reader.h"

#include <gmock/gmock.h>

#include "testbenches/unit/data/data_testing.h"

namespace airnn {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class CifarReader : public DataTest {};

Bytes record(std::uint8_t label, std::uint8_t pixel) {
  return Bytes{label} + Bytes(3072, pixel);
}

TEST_F(CifarReader, ReadsImagesAndLabels) {
  const Bytes bytes = record(3, 10) + record(9, 200);
  for (const std::string& name : {file("a.bin", bytes), gzip_file("a.bin.gz", bytes)}) {
    const ImageSet set = read_images(name);
    EXPECT_EQ(set.count, 2);
    EXPECT_EQ(set.shape(), (MapShape{3, 32, 32}));
    EXPECT_THAT(set.labels, ElementsAre(3, 9));
    EXPECT_EQ(set.pixels, Bytes(3072, 10) + Bytes(3072, 200));
    EXPECT_THAT(read_labels(name), ElementsAre(3, 9));
  }
}

TEST_F(CifarReader, DoesNotBeginWithADeviceThatHasNoEnd) {
  for (const char* const device : {"/dev/zero", "/dev/urandom", "/dev/null"}) {
    EXPECT_THAT(refusal([&] { read_images(device); }), HasSubstr(": is a device, expected a file"));
    EXPECT_THAT(refusal([&] { read_labels(device); }), HasSubstr(": is a device, expected a file"));
  }
}

TEST_F(CifarReader, NamesTheFormatsWhenTheFileIsNoneOfThem) {
  for (const std::string text : {"hello", "\x89PNG and so on", "\x05"}) {
    const std::string message = refusal([&] { read_images(text_file("x", text)); });
    EXPECT_THAT(message, HasSubstr("x: unknown format; expected IDX"));
    EXPECT_THAT(message, HasSubstr(".npy"));
    EXPECT_THAT(message, HasSubstr("CIFAR-10 binary"));
  }
  EXPECT_THAT(refusal([&] { read_images(text_file("y", std::string(3073, 'A'))); }),
              HasSubstr("unknown format"));
}

TEST_F(CifarReader, RefusesAPartOfARecord) {
  const Bytes bytes = record(1, 1) + Bytes(100, 2);
  EXPECT_EQ(refusal([&] { read_images(file("a.bin", bytes)); }),
            "a.bin: too short: CIFAR-10 binary has records of 3073 bytes, found 100 bytes after "
            "record 0");
}

TEST_F(CifarReader, RefusesALabelThatIsNoClass) {
  const Bytes bytes = record(1, 1) + record(10, 1);
  EXPECT_EQ(refusal([&] { read_images(file("a.bin", bytes)); }),
            "a.bin: record 1 of CIFAR-10 binary has the label 10, expected 0..9");
}

}  // namespace
}  // namespace airnn
