// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>

namespace airnn {

/// Plain text as Markdown (GitHub's) that shows it as it is, without line breaks: for a title or a
/// cell of a table.
std::string markdown_inline(const std::string& text);

/// A paragraph of plain text as Markdown: lines of about `width` characters, none of which begins
/// like a list, a heading or a quotation.
std::string markdown_paragraph(const std::string& text, std::size_t width);

}  // namespace airnn
