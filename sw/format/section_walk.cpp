// SPDX-License-Identifier: Apache-2.0
#include "sw/format/section_walk.h"

#include "sw/format/encoding/encodings.h"
#include "sw/format/errors.h"
#include "sw/format/interleave_check.h"

namespace airnn {

namespace {

bool is_same(const Section& a, const Section& b) {
  return a.kind == b.kind && a.layer == b.layer && a.iteration == b.iteration &&
         a.cluster == b.cluster;
}

Section named(SectionKind kind, std::uint16_t layer, std::uint16_t iteration,
              std::uint16_t cluster) {
  Section section;
  section.kind = kind;
  section.layer = layer;
  section.iteration = iteration;
  section.cluster = cluster;
  return section;
}

}  // namespace

SectionWalk::SectionWalk(const std::vector<Section>& sections, const ImageInfo& info,
                         const WeightEncoding& encoding, const Network& network)
    : sections_(sections), info_(info), encoding_(encoding), network_(network) {}

/// An image has the arrays of its encoding, and interleave tables if that is its scheme.
bool SectionWalk::is_part_of_image(const ArrayInfo& array) const {
  switch (array.part) {
    case ArrayPart::network:
      return true;
    case ArrayPart::boot:
      return array.kind == SectionKind::bias || info_.encoding == kBinnedEncoding;
    case ArrayPart::matrix:
    case ArrayPart::cluster:
      return find_array(encoding_.arrays(), array.kind) != nullptr || is_plain_beside_lines(array);
    case ArrayPart::tables:
      return info_.scheme == Scheme::interleaved;
  }
  return false;
}

/// Where weights are lines, some layers may be plain.
bool SectionWalk::is_plain_beside_lines(const ArrayInfo& array) const {
  return info_.encoding == kLineEncoding && info_.is_dense() &&
         array.kind == SectionKind::dense_value;
}

bool SectionWalk::is_next(SectionKind kind, std::uint16_t layer, std::uint16_t iteration,
                          std::uint16_t cluster) const {
  return next_ < sections_.size() &&
         is_same(sections_[next_], named(kind, layer, iteration, cluster));
}

const Section& SectionWalk::expect(SectionKind kind, std::uint16_t layer, std::uint16_t iteration,
                                   std::uint16_t cluster) {
  if (is_next(kind, layer, iteration, cluster)) {
    return sections_[next_++];
  }
  Section wanted = named(kind, layer, iteration, cluster);
  wanted.array = find_array(encoding_.arrays(), kind);
  for (std::size_t i = next_; i < sections_.size(); ++i) {
    if (is_same(sections_[i], wanted)) {
      refuse_next();  // it is there, behind one that has no place here
    }
  }
  if (next_ < sections_.size() && !fault_of(next_).empty()) {
    refuse_next();
  }
  throw ImageError("section " + wanted.name() + ": missing");
}

void SectionWalk::finish() const {
  if (next_ < sections_.size()) {
    refuse_next();
  }
}

void SectionWalk::refuse_next() const {
  const std::string fault = fault_of(next_);
  throw ImageError("section " + sections_[next_].name() + ": " +
                   (fault.empty() ? "is not at its place in the order of sections" : fault));
}

/// What is wrong with a section by itself, wherever it is; empty if only its place is.
std::string SectionWalk::fault_of(std::size_t index) const {
  const Section& section = sections_[index];
  if (section.array == nullptr) {
    return "kind " + std::to_string(static_cast<unsigned>(section.kind)) + " is unknown";
  }
  if (!is_part_of_image(*section.array)) {
    return section.array->part == ArrayPart::boot
               ? "an image without bins has none such"
               : std::string("an image of scheme ") + to_string(info_.scheme) + " has none such";
  }
  const std::string fault = fault_of_place(section);
  for (std::size_t i = 0; fault.empty() && i < index; ++i) {
    if (is_same(sections_[i], section)) {
      return "is there twice";
    }
  }
  return fault;
}

std::string SectionWalk::fault_of_place(const Section& section) const {
  const ArrayPart part = section.array->part;
  const bool is_batch = is_of_iteration(part);
  if (!is_of_layer(part)) {
    if (section.layer != kAllLayers) {
      return "is of one layer, expected of all";
    }
  } else if (section.layer >= network_.layers.size()) {
    return "there is no such layer";
  } else if (!network_.layers[section.layer].has_weights()) {
    return "the layer has no weights";
  } else if (part == ArrayPart::tables && !can_be_interleaved(network_.layers[section.layer])) {
    return "the layer is no convolution whose kernels can share a unit";
  }
  if (is_batch ? section.iteration < 1 || section.iteration > info_.iterations
               : section.iteration != 0) {
    return is_batch ? "expected an iteration of 1 to " + std::to_string(info_.iterations)
                    : "is not part of a batch, expected iteration 0";
  }
  if (section.cluster > (part == ArrayPart::cluster ? 1 : 0)) {
    return "there is no cluster " + std::to_string(section.cluster);
  }
  return "";
}

}  // namespace airnn
