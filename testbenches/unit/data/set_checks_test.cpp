// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "sw/data/idx_writer.h"
#include "sw/data/image_set.h"
#include "testbenches/unit/data/data_testing.h"

namespace airnn {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class SetChecks : public DataTest {};

ImageSet make_images(const MapShape& shape, std::int32_t count = 1) {
  ImageSet set;
  set.name = "images.idx";
  set.count = count;
  set.channels = shape.channels;
  set.height = shape.height;
  set.width = shape.width;
  set.pixels.resize(set.image_size() * static_cast<std::size_t>(count));
  return set;
}

TEST_F(SetChecks, AcceptsTheShapeOfTheNetwork) {
  check_fits(make_images({3, 32, 32}), make_network({3, 32, 32}, 10));
}

TEST_F(SetChecks, AcceptsFlatInputsOfEqualSize) {
  check_fits(make_images({1, 28, 28}), make_network({1, 1, 784}, 10));
  check_fits(make_images({1, 28, 28}), make_network({784, 1, 1}, 10));
  check_fits(make_images({1, 1, 784}), make_network({1, 28, 28}, 10));
  EXPECT_EQ(refusal([] {
              check_fits(make_images({1, 28, 28}), make_network({1, 1, 783}, 10));
            }),
            "images.idx: images of 1x28x28 (channels x height x width), the network net takes "
            "1x1x783");
}

TEST_F(SetChecks, NamesBothShapesWhenTheyDiffer) {
  EXPECT_EQ(refusal([] {
              check_fits(make_images({1, 27, 28}), make_network({1, 28, 28}, 10));
            }),
            "images.idx: images of 1x27x28 (channels x height x width), the network net takes "
            "1x28x28");
  // The same number of elements is not enough.
  EXPECT_NE(refusal([] {
              check_fits(make_images({1, 14, 56}), make_network({1, 28, 28}, 10));
            }),
            "<accepted>");
}

TEST_F(SetChecks, SuspectsChannelsInTheLastPlace) {
  EXPECT_EQ(refusal([] {
              check_fits(make_images({32, 32, 3}), make_network({3, 32, 32}, 10));
            }),
            "images.idx: images of 32x32x3 (channels x height x width), the network net takes "
            "3x32x32; the images seem to have their channels last, expected N,C,H,W");
}

TEST_F(SetChecks, NamesBothCountsWhenLabelsAreMissing) {
  const Network network = make_network({1, 2, 2}, 10);
  EXPECT_EQ(refusal([&] {
              check_labels({1, 2}, "labels.idx", make_images({1, 2, 2}, 3), network);
            }),
            "labels.idx: 2 labels, but images.idx has 3 images");
}

TEST_F(SetChecks, RefusesLabelsThatAreNoClass) {
  const Network network = make_network({1, 2, 2}, 4);
  const ImageSet images = make_images({1, 2, 2}, 2);
  check_labels({0, 3}, "labels.idx", images, network);
  EXPECT_EQ(refusal([&] {
              check_labels({0, 4}, "labels.idx", images, network);
            }),
            "labels.idx: label 1 is 4, expected 0..3 (classes of the network net)");
  EXPECT_NE(refusal([&] { check_labels({-1, 0}, "labels.idx", images, network); }), "<accepted>");
}

TEST_F(SetChecks, ReadsImagesAndLabelsTogether) {
  const Network network = make_network({1, 2, 2}, 4);
  write_idx_images(make_images({1, 2, 2}, 2), path("i"));
  write_idx_labels({3, 1}, path("l"));
  EXPECT_THAT(read_labelled_set(path("i"), path("l"), network).labels, ElementsAre(3, 1));
  EXPECT_THAT(read_labelled_set(path("i"), "", network).labels, IsEmpty());
}

TEST_F(SetChecks, TakesTheLabelsInsideTheImageFileUnlessOthersAreGiven) {
  const Network network = make_network({3, 32, 32}, 10);
  const std::string images = file("c.bin", Bytes{5} + Bytes(3072, 1));
  write_idx_labels({2}, path("l"));
  EXPECT_THAT(read_labelled_set(images, "", network).labels, ElementsAre(5));
  EXPECT_THAT(read_labelled_set(images, path("l"), network).labels, ElementsAre(2));
}

/// Three images of one pixel, and then a byte too many.
struct WithTail {
  const char* name;
  Bytes bytes;
};

class PartOfASet : public DataTest {
 protected:
  std::vector<WithTail> files() const {
    Bytes cifar;
    for (std::uint8_t label = 1; label <= 3; ++label) {
      cifar = cifar + Bytes{label} + Bytes(3072, label);
    }
    return {{"a.idx", Bytes{0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 1, 0, 0, 0, 1, 7, 8, 9, 0}},
            {"b.bin", cifar + Bytes{1}}};
  }
};

TEST_F(PartOfASet, IsReadWithoutALookAtTheRest) {
  for (const WithTail& tail : files()) {
    for (const std::string& name :
         {file(tail.name, tail.bytes), gzip_file(tail.name, tail.bytes)}) {
      EXPECT_NE(refusal([&] { read_images(name); }), "<accepted>");
      const ImageSet two = read_images(name, 2);
      EXPECT_EQ(two.count, 2) << tail.name;
      EXPECT_EQ(two.pixels.size(), 2 * two.image_size());
    }
  }
  const ImageSet all =
      read_images(file("c.idx", {0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 7}), 5);
  EXPECT_EQ(all.count, 1);
  EXPECT_EQ(all.unread, 0);
}

TEST_F(PartOfASet, HasALabelForEachImageOfTheFile) {
  const Network network = make_network({1, 1, 1}, 10);
  const std::string images =
      file("a.idx", {0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 1, 0, 0, 0, 1, 7, 8, 9});
  const std::string labels = file("l.idx", {0, 0, 8, 1, 0, 0, 0, 3, 4, 5, 6});
  const LabelledSet set = read_labelled_set(images, labels, network, 2);
  EXPECT_EQ(set.images.unread, 1);
  EXPECT_THAT(set.labels, ElementsAre(4, 5));
  const std::string few = file("few.idx", {0, 0, 8, 1, 0, 0, 0, 2, 4, 5});
  EXPECT_EQ(refusal([&] { read_labelled_set(images, few, network, 2); }),
            "few.idx: 2 labels, but " + images + " has 3 images");
}

TEST_F(PartOfASet, OfAFileWithoutHeaderMayHaveMoreLabels) {
  const Network network = make_network({3, 32, 32}, 10);
  const std::string images = file("b.bin", files()[1].bytes);
  const std::string labels = file("l.idx", {0, 0, 8, 1, 0, 0, 0, 3, 4, 5, 6});
  EXPECT_THAT(read_labelled_set(images, labels, network, 2).labels, ElementsAre(4, 5));
  EXPECT_THAT(read_labelled_set(images, "", network, 2).labels, ElementsAre(1, 2));
  EXPECT_EQ(refusal([&] {
              read_labelled_set(images, file("one.idx", {0, 0, 8, 1, 0, 0, 0, 1, 4}), network, 2);
            }),
            "one.idx: 1 labels, but " + images + " has 2 images");
}

}  // namespace
}  // namespace airnn
