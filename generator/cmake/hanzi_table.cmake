# The table of hanzi is built here, out of two packages, and never committed: see scripts/hanzi_table.py.
set(QUNYING_NODE_MODULES "${CMAKE_SOURCE_DIR}/node_modules" CACHE PATH "Where npm ci put the packages of package.json")
set(QUNYING_UNIHAN "/usr/share/unicode" CACHE PATH "Folder of Unihan_*.txt or Unihan_*.txt.bz2 (package unicode-data)")

# Adds the generated source to the room's library.
function(qunying_hanzi_table target)
  set(script "${CMAKE_SOURCE_DIR}/scripts/hanzi_table.py")
  set(strokes "${QUNYING_NODE_MODULES}/cnchar-order/cnchar.order.min.js")
  set(outputs "${CMAKE_CURRENT_BINARY_DIR}/hanzi_table_data.cc" "${CMAKE_CURRENT_BINARY_DIR}/hanzi_listed_data.cc")
  set(variants "${CMAKE_CURRENT_BINARY_DIR}/hanzi_variants_data.cc")
  if(NOT EXISTS "${strokes}")
    message(FATAL_ERROR "The npm package cnchar-order is missing (${strokes}). Run this first:\n"
                        "  npm ci --prefix ${CMAKE_SOURCE_DIR}\nscripts/site does it by itself.")
  endif()
  file(GLOB unihan "${QUNYING_UNIHAN}/Unihan_OtherMappings.txt*" "${QUNYING_UNIHAN}/Unihan_IRGSources.txt*"
       "${QUNYING_UNIHAN}/Unihan_Readings.txt*" "${QUNYING_UNIHAN}/Unihan_Variants.txt*")
  if(NOT unihan)
    message(FATAL_ERROR "Unihan is missing in ${QUNYING_UNIHAN}. Run this first:\n  apt-get install unicode-data\n"
                        "scripts/site does it by itself.")
  endif()
  find_package(Python3 REQUIRED COMPONENTS Interpreter)
  add_custom_command(
    OUTPUT ${outputs}
    COMMAND Python3::Interpreter "${script}" "${QUNYING_UNIHAN}" "${QUNYING_NODE_MODULES}/cnchar-order" ${outputs}
    DEPENDS "${script}" "${strokes}" ${unihan}
    COMMENT "Building the table of hanzi"
    VERBATIM)
  add_custom_command(
    OUTPUT ${variants}
    COMMAND Python3::Interpreter -B "${CMAKE_SOURCE_DIR}/scripts/hanzi_variants.py" "${QUNYING_UNIHAN}" ${variants}
    DEPENDS "${CMAKE_SOURCE_DIR}/scripts/hanzi_variants.py" "${script}" ${unihan}
    COMMENT "Building the table of variant hanzi"
    VERBATIM)
  target_sources(${target} PRIVATE ${outputs} ${variants})
endfunction()
