#include "template/html_context.h"

#include <doctest/doctest.h>

using namespace qunying;

namespace {

using Place = HtmlContext::Place;

HtmlContext after(std::string_view html) {
    HtmlContext context;
    for (const char c : html) context.feed(c);
    return context;
}

}  // namespace

TEST_CASE("the place is known after any beginning of a page") {
    CHECK(after("a < b").place == Place::text);
    CHECK(after("<").place == Place::tag_open);
    CHECK(after("<p").place == Place::tag_name);
    CHECK(after("<p>").place == Place::text);
    CHECK(after("</p").place == Place::tag_name);
    CHECK(after("<p ").place == Place::in_tag);
    CHECK(after("<p a").place == Place::attribute_name);
    CHECK(after("<p a ").place == Place::after_name);
    CHECK(after("<p a b").attribute == "b");
    CHECK(after("<p a=").place == Place::before_value);
    CHECK(after("<p a= \"x").place == Place::quoted);
    CHECK(after("<p a='x\"").place == Place::quoted);
    CHECK(after("<p a='x'").place == Place::after_value);
    CHECK(after("<p a=x").place == Place::unquoted);
    CHECK(after("<p a=x/>").place == Place::text);
    CHECK(after("<br/>").place == Place::text);
    CHECK(after("<!doctype html").place == Place::declaration);
    CHECK(after("<!doctype html>").place == Place::text);
    CHECK(after("<!-- a > b -- > <p").place == Place::comment);
    CHECK(after("<!-- a --><p").place == Place::tag_name);
    CHECK(after("<!-->").place == Place::text);
    CHECK(after("<?php").place == Place::declaration);
}

TEST_CASE("raw elements end only at their own end tag") {
    CHECK(after("<script>a < b </p> </scrip ").place == Place::raw);
    CHECK(after("<SCRIPT>x</Script>").place == Place::text);
    CHECK(after("<script>x</script ").place == Place::in_tag);
    CHECK(after("<script>x<</script>").place == Place::text);
    CHECK(after("<style>").refusal() == ForbiddenPlace::style);
    CHECK(after("<script>").refusal() == ForbiddenPlace::script);
    CHECK(after("<iframe>").refusal() == ForbiddenPlace::script);
    CHECK(!after("<title>").refusal());
    CHECK(!after("<textarea>").refusal());
    CHECK(after("<title>").print_mode() == PrintMode::plain);
    CHECK(after("</script>").place == Place::text);
}

TEST_CASE("values are refused where no escaping would help") {
    CHECK(!after("text").refusal());
    CHECK(!after("<p title=\"").refusal());
    CHECK(!after("<a href='").refusal());
    CHECK(!after("<!-- ").refusal());
    CHECK(after("<p title=").refusal() == ForbiddenPlace::unquoted_attribute);
    CHECK(after("<p title=a").refusal() == ForbiddenPlace::unquoted_attribute);
    CHECK(after("<p onclick=\"").refusal() == ForbiddenPlace::script);
    CHECK(after("<p ONCLICK='").refusal() == ForbiddenPlace::script);
    CHECK(after("<iframe srcdoc='").refusal() == ForbiddenPlace::script);
    CHECK(after("<a href='java\tScript:").refusal() == ForbiddenPlace::script);
    CHECK(after("<a href=' data:text/html,").refusal() == ForbiddenPlace::script);
    CHECK(after("<p style=\"").refusal() == ForbiddenPlace::style);
    for (const char* html : {"<", "</", "<p", "<p ", "<p a", "<p a ", "<p a='b'", "<!", "<!doctype "})
        CHECK(after(html).refusal() == ForbiddenPlace::tag);
}

TEST_CASE("addresses are known for what they are") {
    for (const char* html :
         {"<a href='", "<img SRC=\"", "<form action='", "<button formaction='", "<video poster='",
          "<object data='", "<use xlink:href='", "<img srcset='", "<animate to='", "<set to='"})
        CHECK(after(html).in_address());
    CHECK(!after("<p to='").in_address());
    CHECK(!after("<p data-src='").in_address());
}

TEST_CASE("branches meet where the page may go on alike") {
    const auto meet = [](std::string_view left, std::string_view right) {
        return merge_contexts(after(left), after(right));
    };
    CHECK(meet("<li", "<li class=\"y\"")->place == Place::glued);
    CHECK(meet("<li ", "<li a ")->place == Place::glued);
    CHECK(meet("<a href='x", "<a href='y")->place == Place::quoted);
    CHECK(meet("<!-- a", "<!-- b")->place == Place::comment);
    CHECK(meet("<p>", "text")->in_text());
    CHECK(meet("<a b", "<span b")->place == Place::glued);
    CHECK(!meet("<a", "text"));
    CHECK(!meet("<a b='", "<a b=\""));
    CHECK(!meet("<a title='", "<a href='"));
    CHECK(!meet("<script", "<p"));
    CHECK(!meet("<script>", "<style>"));
    CHECK(!meet("<!-- a-", "<!-- a"));
    CHECK(!meet("<p", "</p"));
}

TEST_CASE("what follows merged branches must keep its distance") {
    const HtmlContext merged = *merge_contexts(after("<li"), after("<li class=\"y\""));
    CHECK(merged.would_glue('a'));
    CHECK(merged.would_glue('='));
    CHECK(!merged.would_glue(' '));
    CHECK(!merged.would_glue('>'));
    CHECK(!merged.would_glue('/'));
}

TEST_CASE("a script address in one branch keeps values out of the other") {
    const auto merged = merge_contexts(after("<a href='javascript:"), after("<a href='/x"));
    CHECK(merged->refusal() == ForbiddenPlace::script);
    CHECK(merge_contexts(after("<a href='/x"), after("<a href='javascript:"))->refusal() ==
          ForbiddenPlace::script);
}

TEST_CASE("a printed value cannot end a comment together with what follows") {
    HtmlContext context = after("<!--");
    context.after_print();
    context.feed('>');
    CHECK(context.place == Place::comment);
}
