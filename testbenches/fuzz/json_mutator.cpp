// SPDX-License-Identifier: Apache-2.0
#include "testbenches/fuzz/json_mutator.h"

#include <cstddef>
#include <iterator>
#include <vector>

namespace airnn::test {

using nlohmann::json;

std::string JsonMutator::mutate_text(const std::string& text) {
  json document = json::parse(text);
  alter_some(document);
  return document.dump(1);
}

std::string JsonMutator::mutate_cbor(const std::string& bytes) {
  json document = json::from_cbor(bytes);
  alter_some(document);
  const std::vector<std::uint8_t> mutated = json::to_cbor(document);
  return {mutated.begin(), mutated.end()};
}

void JsonMutator::alter_some(json& document) {
  for (std::uint64_t left = 1 + below(3); left > 0; --left) {
    alter(document);
  }
}

json JsonMutator::odd_value() {
  const std::vector<json> values = {0,
                                    1,
                                    2,
                                    3,
                                    -1,
                                    255,
                                    65536,
                                    2147483647,
                                    -2147483648LL,
                                    4294967295U,
                                    9223372036854775807LL,
                                    18446744073709551615U,
                                    0.5,
                                    -1e300,
                                    nullptr,
                                    true,
                                    "",
                                    "fetch",
                                    "multiplication:fine",
                                    json::array(),
                                    json::object(),
                                    json::array({1, 2})};
  return values[below(values.size())];
}

json& JsonMutator::any(json& document) {
  json* at = &document;
  while (at->is_structured() && !at->empty() && below(6) != 0) {
    at = &*std::next(at->begin(), static_cast<std::ptrdiff_t>(below(at->size())));
  }
  return *at;
}

void JsonMutator::alter(json& document) {
  json& place = any(document);
  switch (below(4)) {
    case 0:
      place = json(any(document));
      return;
    case 1:
      if (place.is_structured() && !place.empty()) {
        alter_list(place);
        return;
      }
      break;
    case 2:
      if (place.is_number_integer()) {
        place = place.get<std::uint64_t>() + (below(2) == 0 ? 1 : ~std::uint64_t{0});
        return;
      }
      break;
    default:
      break;
  }
  place = odd_value();
}

void JsonMutator::alter_list(json& list) {
  const auto one = std::next(list.begin(), static_cast<std::ptrdiff_t>(below(list.size())));
  if (list.is_array() && below(2) == 0) {
    list.push_back(json(*one));
  } else {
    list.erase(one);
  }
}

}  // namespace airnn::test
