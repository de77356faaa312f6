// SPDX-License-Identifier: Apache-2.0
#include "sw/data/npy_reader.h"

#include <gmock/gmock.h>

#include <cstring>
#include <limits>

#include "testbenches/support/source_path.h"
#include "testbenches/unit/data/data_testing.h"

namespace airnn {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class NpyReader : public DataTest {};

/// A file as numpy.save writes it.
Bytes npy(const std::string& dictionary, const Bytes& body, std::uint8_t version = 1) {
  const std::size_t prefix = version == 1 ? 10 : 12;
  std::string text = dictionary;
  text.append(64 - (prefix + text.size() + 1) % 64, ' ');
  text += '\n';
  Bytes bytes{0x93, 'N', 'U', 'M', 'P', 'Y', version, 0};
  for (std::size_t i = 0; i < prefix - 8; ++i) {
    bytes.push_back(static_cast<std::uint8_t>(text.size() >> (8 * i)));
  }
  return bytes + Bytes(text.begin(), text.end()) + body;
}

std::string dictionary(const std::string& descr, const std::string& shape) {
  return "{'descr': '" + descr + "', 'fortran_order': False, 'shape': " + shape + ", }";
}

template <typename T>
Bytes raw(const std::vector<T>& numbers) {
  Bytes bytes(numbers.size() * sizeof(T));
  std::memcpy(bytes.data(), numbers.data(), bytes.size());
  return bytes;
}

TEST_F(NpyReader, ReadsPixelsInEveryVersionOfTheFormat) {
  for (std::uint8_t version = 1; version <= 3; ++version) {
    const ImageSet set = read_images(
        file("a.npy", npy(dictionary("|u1", "(2, 1, 3)"), {1, 2, 3, 4, 5, 255}, version)));
    EXPECT_EQ(set.count, 2);
    EXPECT_EQ(set.shape(), (MapShape{1, 1, 3}));
    EXPECT_THAT(set.pixels, ElementsAre(1, 2, 3, 4, 5, 255));
  }
}

TEST_F(NpyReader, ReadsChannels) {
  const ImageSet set =
      read_images(gzip_file("a.npy", npy(dictionary("|u1", "(1, 3, 2, 1)"), {1, 2, 3, 4, 5, 6})));
  EXPECT_EQ(set.shape(), (MapShape{3, 2, 1}));
}

TEST_F(NpyReader, TakesFloatsAsPreprocessed) {
  const ImageSet single = read_images(
      file("a.npy", npy(dictionary("<f4", "(2, 2)"), raw<float>({0.5F, -1.25F, 3e30F, 0.0F}))));
  EXPECT_TRUE(single.is_preprocessed());
  EXPECT_EQ(single.shape(), (MapShape{1, 1, 2}));
  EXPECT_THAT(single.values, ElementsAre(0.5F, -1.25F, 3e30F, 0.0F));
  EXPECT_EQ(single.values_of(1)[0], 3e30F);
  const ImageSet twice =
      read_images(file("b.npy", npy(dictionary("<f8", "(1, 1, 2)"), raw<double>({0.1, -2.0}))));
  EXPECT_THAT(twice.values, ElementsAre(0.1F, -2.0F));
}

TEST_F(NpyReader, ReadsBigEndianNumbers) {
  EXPECT_THAT(
      read_images(file("a.npy", npy(dictionary(">f4", "(1, 1)"), {0x3F, 0xC0, 0, 0}))).values,
      ElementsAre(1.5F));
  EXPECT_THAT(read_labels(file("l.npy", npy(dictionary(">i4", "(1,)"), {0, 0, 1, 2}))),
              ElementsAre(258));
}

TEST_F(NpyReader, ReadsLabelsOfThreeTypes) {
  EXPECT_THAT(read_labels(file("a", npy(dictionary("<i8", "(2,)"), raw<std::int64_t>({7, 999})))),
              ElementsAre(7, 999));
  EXPECT_THAT(read_labels(file("b", npy(dictionary("<i4", "(2,)"), raw<std::int32_t>({7, 999})))),
              ElementsAre(7, 999));
  EXPECT_THAT(read_labels(file("c", npy(dictionary("|u1", "(2,)"), {7, 255}))),
              ElementsAre(7, 255));
}

TEST_F(NpyReader, RefusesNegativeAndHugeLabels) {
  EXPECT_EQ(refusal([&] {
              read_labels(file("a", npy(dictionary("<i4", "(2,)"), raw<std::int32_t>({0, -1}))));
            }),
            "a: label 1 is -1, expected a class of 0 or more");
  EXPECT_THAT(
      refusal([&] {
        read_labels(file("a", npy(dictionary("<i8", "(1,)"), raw<std::int64_t>({1LL << 40}))));
      }),
      HasSubstr("label 0 is 1099511627776"));
}

TEST_F(NpyReader, RefusesOtherTypesByName) {
  EXPECT_EQ(refusal([&] { read_images(file("a", npy(dictionary("<i8", "(1, 1)"), Bytes(8)))); }),
            "a: .npy elements are int64 ('<i8'); expected images of uint8, float32 or float64");
  EXPECT_EQ(refusal([&] { read_images(file("a", npy(dictionary("<f2", "(1, 1)"), Bytes(2)))); }),
            "a: .npy elements are float16 ('<f2'); expected images of uint8, float32 or float64");
  EXPECT_EQ(refusal([&] { read_labels(file("a", npy(dictionary("<U5", "(1,)"), Bytes(20)))); }),
            "a: .npy elements are '<U5'; expected labels of uint8, int32 or int64");
}

TEST_F(NpyReader, RefusesFortranOrder) {
  EXPECT_THAT(
      refusal([&] {
        read_images(
            file("a", npy("{'descr': '|u1', 'fortran_order': True, 'shape': (1, 2), }", {1, 2})));
      }),
      HasSubstr("a: the .npy array is in Fortran order, expected C order"));
}

TEST_F(NpyReader, RefusesOtherNumbersOfDimensions) {
  EXPECT_THAT(refusal([&] { read_images(file("a", npy(dictionary("|u1", "(1,)"), {1}))); }),
              HasSubstr("1 dimension(s); expected images: 2 (N,D), 3 (N,H,W) or 4"));
  EXPECT_THAT(refusal([&] { read_images(file("a", npy(dictionary("|u1", "()"), {1}))); }),
              HasSubstr("0 dimension(s)"));
  EXPECT_THAT(refusal([&] { read_labels(file("a", npy(dictionary("|u1", "(1, 1)"), {1}))); }),
              HasSubstr("2 dimensions; expected labels: 1 dimension"));
}

TEST_F(NpyReader, RefusesTooFewAndTooManyBytes) {
  EXPECT_EQ(refusal([&] { read_images(file("a", npy(dictionary("<f4", "(2, 2)"), Bytes(15)))); }),
            "a: too short: expected 16 bytes of 2x2 elements of float32 ('<f4'), found 15");
  EXPECT_THAT(refusal([&] { read_images(file("a", npy(dictionary("<f4", "(2, 2)"), Bytes(17)))); }),
              HasSubstr("a: too long"));
  EXPECT_THAT(refusal([&] {
                read_images(file("a", npy(dictionary("<f8", "(999999999, 999999999)"), {})));
              }),
              HasSubstr("expected at most"));
}

TEST_F(NpyReader, RefusesNumbersThatAreNotFinite) {
  for (const double bad : {std::numeric_limits<double>::quiet_NaN(),
                           std::numeric_limits<double>::infinity(), -1e300}) {
    EXPECT_THAT(refusal([&] {
                  read_images(file("a", npy(dictionary("<f8", "(1, 2)"), raw<double>({0, bad}))));
                }),
                HasSubstr("a: element 1 is "));
  }
}

TEST_F(NpyReader, RefusesDamagedHeaders) {
  const std::vector<std::string> damaged = {
      "",
      "{",
      "{'descr': '|u1'}",
      "{'descr': '|u1', 'fortran_order': Maybe, 'shape': (1, 1)}",
      "{'descr': '|u1', 'fortran_order': False, 'shape': (1, -1)}",
      "{'descr': '|u1', 'fortran_order': False, 'shape': (1, 99999999999999999999)}",
      "{'descr': '|u1', 'fortran_order': False, 'shape': (1, 1), 'more': 1}",
      "{'descr': '|u1, 'fortran_order': False, 'shape': (1, 1)}",
      "{'descr': [('a', '|u1')], 'fortran_order': False, 'shape': (1, 1)}",
      "{'descr': '|u1', 'fortran_order': False, 'shape': (1, 1)} }",
  };
  for (const std::string& text : damaged) {
    EXPECT_THAT(refusal([&] { read_images(file("a", npy(text, {1}))); }), HasSubstr("a: ")) << text;
  }
  const Bytes good = npy(dictionary("|u1", "(1, 1)"), {1});
  for (const std::size_t length : {6U, 7U, 9U, 40U}) {
    const Bytes cut(good.begin(), good.begin() + static_cast<std::ptrdiff_t>(length));
    EXPECT_THAT(refusal([&] { read_images(file("a", cut)); }), HasSubstr("a: too short"));
  }
  Bytes future = good;
  future[6] = 4;
  EXPECT_EQ(refusal([&] { read_images(file("a", future)); }),
            "a: .npy version 4.0, expected 1.0, 2.0 or 3.0");
  future[6] = 1;
  future[7] = 7;
  EXPECT_EQ(refusal([&] { read_images(file("a", future)); }),
            "a: .npy version 1.7, expected 1.0, 2.0 or 3.0");
}

TEST_F(NpyReader, RefusesByteOrdersThatNumpyDoesNotWrite) {
  const std::string nul(1, '\0');
  for (const std::string& order : {nul, std::string("="), std::string("|"), std::string("!"),
                                   std::string("N"), std::string("\x80")}) {
    EXPECT_THAT(
        refusal([&] {
          read_images(file("a", npy(dictionary(order + "f4", "(1, 1)"), raw<float>({0.5F}))));
        }),
        HasSubstr("expected images of uint8, float32 or float64"))
        << order;
    EXPECT_THAT(refusal([&] {
                  read_labels(file("a", npy(dictionary(order + "i4", "(1,)"), {1, 0, 0, 0})));
                }),
                HasSubstr("expected labels of uint8, int32 or int64"))
        << order;
  }
  EXPECT_THAT(refusal([] { read_images(source_path("testbenches/cases/descr_with_nul.npy")); }),
              HasSubstr(".npy elements are '\\x00f4'; expected images of"));
  EXPECT_THAT(read_images(file("a", npy(dictionary("<u1", "(1, 1)"), {7}))).pixels, ElementsAre(7));
}

TEST_F(NpyReader, AShapeThatTheFileDoesNotHaveCostsNothing) {
  for (const char* shape : {"(2147483647, 1)", "(4, 1024, 1024, 1024)", "(1, 2147483647)"}) {
    EXPECT_THAT(refusal([&] {
                  read_images(file("a", npy(dictionary("|u1", shape), {1, 2, 3})));
                }),
                HasSubstr("a: too short: expected"))
        << shape;
  }
  for (const char* shape : {"(2147483648, 1)", "(2147483647, 2147483647)", "(0, 4)",
                            "(4294967297, 1)", "(65536, 65536, 65536, 65536)"}) {
    EXPECT_THAT(refusal([&] {
                  read_images(file("a", npy(dictionary("|u1", shape), {1, 2, 3})));
                }),
                HasSubstr("a: the header says"))
        << shape;
  }
}

}  // namespace
}  // namespace airnn
