// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace airnn {

/// A text as a cell of a CSV file. Every text that does not come from the program itself goes
/// through here. Quoted where commas, quotes or line breaks ask for it (RFC 4180). A text that a
/// spreadsheet would run as a formula, because it begins with = + - @, a tab or a carriage return,
/// gets an apostrophe in front; numbers stay as they are, also negative ones.
std::string csv_cell(const std::string& text);

}  // namespace airnn
