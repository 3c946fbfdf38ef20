#include "build/site_id.h"

#include <doctest/doctest.h>

namespace qunying {
namespace {

std::string id_of(const std::string& id, const std::string& base_url, const std::string& title) {
    SiteSettings settings;
    settings.id = id;
    settings.base_url = base_url;
    settings.title = title;
    return site_id(settings);
}

TEST_CASE("a site is known by its id, else its address, else its title") {
    CHECK(id_of("our-hall", "https://www.example.gov.cn/qunying/", "群英谱") == "our-hall");
    CHECK(id_of("", "https://www.example.gov.cn/qunying/", "群英谱") == "www.example.gov.cn-qunying");
    CHECK(id_of("", "", "群英谱") == "qun-ying-pu");
    CHECK(id_of("", "", "") == "site");
}

TEST_CASE("whatever it is made of, it is a plain word") {
    CHECK(id_of("Our Hall!", "", "") == "our-hall");
    CHECK(id_of("../x", "", "") == "..-x");
    CHECK(id_of("--", "", "") == "site");
    CHECK(id_of(std::string(100, 'a'), "", "").size() == 64);
}

}  // namespace
}  // namespace qunying
