// SPDX-License-Identifier: Apache-2.0
#include "sw/data/idx_reader.h"

#include <gmock/gmock.h>

#include <algorithm>

#include <numeric>

#include "testbenches/unit/data/data_testing.h"

namespace airnn {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class IdxReader : public DataTest {};

Bytes count_up(std::size_t size) {
  Bytes bytes(size);
  std::iota(bytes.begin(), bytes.end(), std::uint8_t{1});
  return bytes;
}

const Bytes kGrey = Bytes{0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4} + count_up(24);

TEST_F(IdxReader, ReadsGreyImages) {
  const ImageSet set = read_images(file("a.idx", kGrey));
  EXPECT_EQ(set.count, 2);
  EXPECT_EQ(set.shape(), (MapShape{1, 3, 4}));
  EXPECT_EQ(set.pixels, count_up(24));
  EXPECT_EQ(set.pixels_of(1)[0], 13);
  EXPECT_FALSE(set.is_preprocessed());
  EXPECT_TRUE(set.labels.empty());
}

TEST_F(IdxReader, ReadsImagesWithChannels) {
  const ImageSet set = read_images(file(
      "a.idx", Bytes{0, 0, 8, 4, 0, 0, 0, 1, 0, 0, 0, 3, 0, 0, 0, 2, 0, 0, 0, 2} + count_up(12)));
  EXPECT_EQ(set.count, 1);
  EXPECT_EQ(set.shape(), (MapShape{3, 2, 2}));
  EXPECT_EQ(set.pixels, count_up(12));
}

TEST_F(IdxReader, UnpacksGzipWhateverTheNameIs) {
  EXPECT_EQ(read_images(gzip_file("a.idx", kGrey)).pixels, count_up(24));
}

TEST_F(IdxReader, ReadsLabelsOfBytesAndOfShorts) {
  EXPECT_THAT(read_labels(file("l", {0, 0, 8, 1, 0, 0, 0, 3, 7, 0, 255})), ElementsAre(7, 0, 255));
  EXPECT_THAT(read_labels(file("s", {0, 0, 11, 1, 0, 0, 0, 2, 3, 231, 0, 5})), ElementsAre(999, 5));
}

TEST_F(IdxReader, NamesExpectedAndFoundBytesWhenTooShort) {
  Bytes bytes = kGrey;
  bytes.pop_back();
  EXPECT_EQ(refusal([&] { read_images(file("a.idx", bytes)); }),
            "a.idx: too short: expected 24 bytes of 2x3x4 pixels, found 23");
  EXPECT_EQ(refusal([&] {
              read_labels(file("l", {0, 0, 8, 1, 0, 0, 0, 3, 7}));
            }),
            "l: too short: expected 3 bytes of 3 labels, found 1");
}

TEST_F(IdxReader, RefusesBytesBehindTheArray) {
  EXPECT_EQ(refusal([&] { read_images(file("a.idx", kGrey + Bytes{0})); }),
            "a.idx: too long: bytes follow behind the 24 bytes of 2x3x4 pixels");
}

TEST_F(IdxReader, RefusesATruncatedHeader) {
  EXPECT_EQ(refusal([&] { read_images(file("a.idx", Bytes(kGrey.begin(), kGrey.begin() + 9))); }),
            "a.idx: too short: expected 12 bytes of an IDX header with 3 dimensions, found 5");
}

TEST_F(IdxReader, RefusesOtherTypesByName) {
  EXPECT_EQ(refusal([&] {
              read_images(file("a.idx", {0, 0, 13, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1}));
            }),
            "a.idx: IDX of float, 3 dimension(s); expected images: unsigned byte, 3 (N,H,W) or 4 "
            "(N,C,H,W) dimensions");
}

TEST_F(IdxReader, TellsImagesFromLabels) {
  EXPECT_THAT(refusal([&] {
                read_images(file("l", {0, 0, 8, 1, 0, 0, 0, 1, 7}));
              }),
              HasSubstr("expected images"));
  EXPECT_THAT(refusal([&] { read_labels(file("a.idx", kGrey)); }), HasSubstr("expected labels"));
}

TEST_F(IdxReader, RefusesAnAbsurdHeaderWithoutTheMemory) {
  // 2^31-1 cubed does not even fit 64 bits.
  EXPECT_THAT(refusal([&] {
                read_images(file("a.idx", {0, 0, 8, 3, 127, 255, 255, 255, 127, 255, 255, 255, 127,
                                           255, 255, 255}));
              }),
              HasSubstr("expected at most"));
  // 16 GiB promised, one byte there.
  EXPECT_EQ(refusal([&] {
              read_images(file("b.idx", {0, 0, 8, 3, 0, 1, 0, 0, 0, 0, 4, 0, 0, 0, 1, 0, 9}));
            }),
            "b.idx: too short: expected 17179869184 bytes of 65536x1024x256 pixels, found 1");
}

TEST_F(IdxReader, RefusesEmptyDimensions) {
  EXPECT_THAT(refusal([&] {
                read_labels(file("l", {0, 0, 8, 1, 0, 0, 0, 0}));
              }),
              HasSubstr("at least 1"));
}

TEST_F(IdxReader, RefusesTruncatedGzip) {
  const std::string name = gzip_file("a.gz", kGrey);
  Bytes packed = content("a.gz");
  for (const std::size_t cut : {std::size_t{1}, std::size_t{9}, packed.size() - 3}) {
    const Bytes rest(packed.begin(), packed.end() - static_cast<std::ptrdiff_t>(cut));
    EXPECT_EQ(refusal([&] { read_images(file("a.gz", rest)); }),
              "a.gz: the gzip data are truncated")
        << cut;
  }
}

TEST_F(IdxReader, RefusesDamagedGzip) {
  gzip_file("a.gz", kGrey);
  Bytes packed = content("a.gz");
  packed[packed.size() - 6] ^= 0xFF;  // in the checksum
  EXPECT_THAT(refusal([&] { read_images(file("a.gz", packed)); }),
              HasSubstr("a.gz: the gzip data are damaged"));
}

TEST_F(IdxReader, RefusesWhatFollowsGzipAndIsNone) {
  gzip_file("a.gz", kGrey);
  const Bytes packed = content("a.gz");
  const std::string where = "at byte " + std::to_string(packed.size());
  for (const Bytes& junk : {Bytes{0}, Bytes{0x1F}, Bytes{0x1F, 0x8C}, Bytes(600'000, 'x')}) {
    EXPECT_THAT(refusal([&] { read_images(file("a.gz", packed + junk)); }),
                AllOf(HasSubstr("a.gz: something that is not gzip follows"), HasSubstr(where)))
        << junk.size();
  }
  EXPECT_THAT(refusal([&] {
                read_images(file("a.gz", packed + Bytes{0x1F, 0x8B, 8}));
              }),
              HasSubstr("truncated"));
  EXPECT_THAT(refusal([&] {
                read_images(file("a.gz", packed + Bytes{0x1F, 0x8B, 7, 0, 0}));
              }),
              HasSubstr("damaged"));
}

TEST_F(IdxReader, JoinsTheMembersOfAGzipFile) {
  const Bytes packed = [this] {
    Bytes joined;
    for (std::size_t at = 0; at < kGrey.size(); at += 7) {
      const std::size_t end = std::min(kGrey.size(), at + 7);
      gzip_file("part", Bytes(kGrey.begin() + static_cast<std::ptrdiff_t>(at),
                              kGrey.begin() + static_cast<std::ptrdiff_t>(end)));
      joined = joined + content("part");
    }
    return joined;
  }();
  EXPECT_EQ(read_images(file("a.gz", packed)).pixels, count_up(24));
}

TEST_F(IdxReader, SizesThatTheFileDoesNotHaveCostNothing) {
  for (const Bytes& claimed : {Bytes{0x7F, 0xFF, 0xFF, 0xFF}, Bytes{0, 1, 0, 0}}) {
    const Bytes header = Bytes{0, 0, 8, 3} + claimed + Bytes{0, 0, 0, 1, 0, 0, 0, 1};
    for (const std::string& name :
         {file("a", header + Bytes{1, 2}), gzip_file("a.gz", header + Bytes{1, 2})}) {
      EXPECT_THAT(refusal([&] { read_images(name); }), HasSubstr("too short: expected"));
    }
  }
  EXPECT_THAT(refusal([&] {
                read_images(file("a", Bytes{0, 0, 8, 3} + Bytes(12, 0xFF) + Bytes{1, 2}));
              }),
              HasSubstr("a: the header says"));
}

TEST_F(IdxReader, RefusesMissingFilesAndFolders) {
  EXPECT_THAT(refusal([&] { read_images(path("none.idx")); }),
              HasSubstr("none.idx: cannot be read: No such file"));
  EXPECT_THAT(refusal([&] { read_images(path("")); }), HasSubstr("is a folder"));
  EXPECT_THAT(refusal([&] { read_images(file("empty", {})); }), HasSubstr("is empty"));
}

}  // namespace
}  // namespace airnn
