// SPDX-License-Identifier: Apache-2.0
#include "sw/data/idx_writer.h"

#include <gmock/gmock.h>

#include "testbenches/unit/data/data_testing.h"

namespace airnn {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class IdxWriter : public DataTest {};

ImageSet two_images(std::int32_t channels) {
  ImageSet set;
  set.count = 2;
  set.channels = channels;
  set.height = 1;
  set.width = 2;
  for (std::int32_t i = 0; i < 4 * channels; ++i) {
    set.pixels.push_back(static_cast<std::uint8_t>(250 + i));
  }
  return set;
}

TEST_F(IdxWriter, WritesWhatTheFormatSays) {
  write_idx_images(two_images(1), path("a"));
  EXPECT_THAT(content("a"),
              ElementsAre(0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 250, 251, 252, 253));
  write_idx_labels({5, 255}, path("b"));
  EXPECT_THAT(content("b"), ElementsAre(0, 0, 8, 1, 0, 0, 0, 2, 5, 255));
}

TEST_F(IdxWriter, IsReadBackAsItWas) {
  for (const std::int32_t channels : {1, 3}) {
    const ImageSet set = two_images(channels);
    write_idx_images(set, path("a"));
    const ImageSet back = read_images(path("a"));
    EXPECT_EQ(back.count, set.count);
    EXPECT_EQ(back.shape(), set.shape());
    EXPECT_EQ(back.pixels, set.pixels);
  }
  const std::vector<std::int32_t> labels{0, 999, 32767};
  write_idx_labels(labels, path("l"));
  EXPECT_EQ(read_labels(path("l")), labels);
}

TEST_F(IdxWriter, NamesTwoFilesFromOnePrefix) {
  write_labelled_set({two_images(1), {3, 4}}, path("set"));
  EXPECT_EQ(read_images(path("set-images.idx")).count, 2);
  EXPECT_THAT(read_labels(path("set-labels.idx")), ElementsAre(3, 4));
}

TEST_F(IdxWriter, RefusesWhatIdxCannotHold) {
  ImageSet real = two_images(1);
  real.values.assign(4, 0.5F);
  EXPECT_THAT(refusal([&] { write_idx_images(real, path("a")); }), HasSubstr("preprocessed"));
  EXPECT_THAT(refusal([&] { write_idx_labels({40000}, path("l")); }), HasSubstr("label 40000"));
  EXPECT_THAT(refusal([&] { write_idx_labels({-1}, path("l")); }), HasSubstr("label -1"));
  EXPECT_NE(refusal<UserError>([&] { write_idx_labels({1}, path("no/folder")); }), "<accepted>");
}

}  // namespace
}  // namespace airnn
