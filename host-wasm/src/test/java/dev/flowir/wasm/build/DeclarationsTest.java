package dev.flowir.wasm.build;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeclarationsTest {

    private static final String LONG = "a=\"" + "long".repeat(50) + "\";";

    @Test
    void longArrowsOutsideAllOthersAreFunctions() {
        assertEquals(
                "var a=null,b=function(c,d){let e=f=>{return f;};"
                        + LONG
                        + "},g=function(h){"
                        + LONG
                        + "},"
                        + "i=function(){"
                        + LONG
                        + "};",
                Declarations.of(
                        "let a=null,b=(c,d)=>{let e=f=>{return f;};"
                                + LONG
                                + "},g=h=>{"
                                + LONG
                                + "},"
                                + "i=()=>{"
                                + LONG
                                + "};"));
    }

    @Test
    void shortArrowsStayArrows() {
        String longest = "b=>{" + "c();".repeat(49) + "d()}";
        assertEquals("var a=" + longest, Declarations.of("let a=" + longest));
        assertEquals(
                "var a=function(b){" + "c();".repeat(50) + "}",
                Declarations.of("let a=b=>{" + "c();".repeat(50) + "}"));
    }

    @Test
    void declarationsInsideStayAsTheyAre() {
        String inside = "function a(){let b=(c)=>{" + LONG + "};}if(x){let d=()=>{" + LONG + "};}";
        assertEquals(inside, Declarations.of(inside));
    }

    @Test
    void whatIsNoDeclarationStaysAsItIs() {
        String other = "a.b=(c)=>{" + LONG + "};a.let =1;outlet =2;export{a as b};";
        assertEquals(other, Declarations.of(other));
    }

    @Test
    void anArrowThatIsAnExpressionStaysAsItIs() {
        assertEquals(
                "var a=b=>function(){return b(this);};",
                Declarations.of("let a=b=>function(){return b(this);};"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'{'",
                "\"\\\"{\"",
                "`{${b(`}`,{c:'`'})}\\``",
                "/[/{]\\/{/g",
                "b/c/'{'",
                "b[0]/(d/e)",
                "1/* { */",
                "1// {\n",
                "typeof/{/",
            })
    void bracketsInTextsAndPatternsDoNotCount(String value) {
        assertEquals(
                "var a=" + value + ";var f=function(){" + LONG + "};",
                Declarations.of("let a=" + value + ";let f=()=>{" + LONG + "};"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"let a=()=>{", "let a=()=>{}}let b=()=>{};{", "let a='", "let a=`${b"})
    void aTextThatIsNotUnderstoodStaysAsItIs(String broken) {
        assertEquals(broken, Declarations.of(broken));
    }
}
