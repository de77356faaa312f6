// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

namespace airnn {

inline constexpr std::size_t kStreams = 4;

/// The four prefetchers of the Read Weight Controller, each of which reads arrays of an image.
enum class FetchStream : std::uint8_t { value, column, row, layer };

}  // namespace airnn
