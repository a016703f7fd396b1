using System.Globalization;
using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Emit;

namespace Microsoft.ML.MobileNetV2.Documentation.Tests;

/// <summary>Compiles blocks of code as a reader's program would be: top-level statements, implicit usings, nullable.</summary>
internal static class CodeBlockCompiler
{
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>Returns what does not compile, as "file(line): message".</summary>
    internal static IReadOnlyList<string> FindErrors(CodeBlock block) =>
        [.. Compile(block).GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(Describe)];

    /// <summary>Returns whether a block does something, rather than only declare types.</summary>
    internal static bool IsProgram(CodeBlock block) => block.Chain.SelectMany(part => Parse(part).Members).OfType<GlobalStatementSyntax>().Any();

    /// <summary>Compiles a program and loads it into this process.</summary>
    internal static Assembly Load(CodeBlock block)
    {
        using MemoryStream image = new();
        EmitResult result = Compile(block).Emit(image);
        return result.Success ? Assembly.Load(image.ToArray()) : throw new ArgumentException(string.Join(Environment.NewLine, FindErrors(block)), nameof(block));
    }

    private static CSharpCompilation Compile(CodeBlock block)
    {
        CSharpCompilationOptions options = new(
            IsProgram(block) ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary,
            nullableContextOptions: NullableContextOptions.Enable);
        return CSharpCompilation.Create(
            "Snippet", [CSharpSyntaxTree.ParseText(ImplicitUsings), CSharpSyntaxTree.ParseText(Join(block.Chain))], References, options);
    }

    /// <summary>Puts blocks into the order that C# wants: usings, statements, types; each keeps its file and line.</summary>
    private static string Join(IEnumerable<CodeBlock> blocks)
    {
        StringBuilder usings = new();
        StringBuilder statements = new();
        StringBuilder types = new();
        foreach (CodeBlock block in blocks)
        {
            CompilationUnitSyntax unit = Parse(block);
            foreach (SyntaxNode node in unit.Usings.Concat<SyntaxNode>(unit.Members))
            {
                StringBuilder place = node is UsingDirectiveSyntax ? usings : node is GlobalStatementSyntax ? statements : types;
                int line = block.Line + node.GetLocation().GetLineSpan().StartLinePosition.Line;
                place.Append(CultureInfo.InvariantCulture, $"#line {line} \"{block.File}\"\n{node}\n");
            }
        }

        return $"{usings}{statements}{types}";
    }

    private static CompilationUnitSyntax Parse(CodeBlock block) => CSharpSyntaxTree.ParseText(block.Code).GetCompilationUnitRoot();

    private static string Describe(Diagnostic diagnostic)
    {
        FileLinePositionSpan place = diagnostic.Location.GetMappedLineSpan();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{place.Path}({place.StartLinePosition.Line + 1}): {diagnostic.Id} {diagnostic.GetMessage(CultureInfo.InvariantCulture)}");
    }
}
