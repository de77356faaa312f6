# What no loop in it makes slow, and tests: quick compiling is worth more than quick code. Optimised code takes
# sanitizers twice as long to compile.
add_library(airnn_cold INTERFACE)
target_compile_options(airnn_cold INTERFACE $<$<CONFIG:Release>:-O1>)
if(AIRNN_SANITIZE)
  target_compile_options(airnn_cold INTERFACE -O0)
endif()

# airnn_library(NAME [COLD] SOURCES ... PUBLIC ... PRIVATE ...)
# One static library per folder, aliased airnn::NAME. Includes are written from the project's root. COLD: no
# loop here takes time.
function(airnn_library NAME)
  cmake_parse_arguments(ARG "COLD" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
  set(target airnn_${NAME})
  add_library(${target} STATIC ${ARG_SOURCES})
  add_library(airnn::${NAME} ALIAS ${target})
  target_include_directories(${target} PUBLIC $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>
                                              $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/airnn>)
  target_link_libraries(${target} PUBLIC ${ARG_PUBLIC}
                                  PRIVATE ${ARG_PRIVATE} $<BUILD_INTERFACE:airnn_warnings>)
  if(ARG_COLD)
    target_link_libraries(${target} PRIVATE $<BUILD_INTERFACE:airnn_cold>)
  endif()
endfunction()

# airnn_install(NAME...): headers and libraries of these folders' targets belong to the installed package.
function(airnn_install)
  foreach(name IN LISTS ARGN)
    set_target_properties(airnn_${name} PROPERTIES EXPORT_NAME ${name})
    get_target_property(folder airnn_${name} SOURCE_DIR)
    file(RELATIVE_PATH path "${PROJECT_SOURCE_DIR}" "${folder}")
    install(DIRECTORY "${folder}/" DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/airnn/${path}"
            COMPONENT development FILES_MATCHING PATTERN "*.h")
    install(TARGETS airnn_${name} EXPORT airnn
            ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}" COMPONENT development)
  endforeach()
endfunction()
