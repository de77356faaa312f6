// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "hw/sim/link_table.h"

namespace airnn::test {

/// The built-in links, and `late`: every stream has `cycles` (3) registers each way.
const LinkTable& extended_links();

/// A link of that table with the parameters that it has by itself.
LinkModel link_named(const std::string& name);

}  // namespace airnn::test
