using System.Globalization;
using System.Reflection;
using System.Runtime.ExceptionServices;

namespace Microsoft.ML.MobileNetV2.Documentation.Tests;

/// <summary>Runs the program that a page shows, in this process, which therefore runs nothing else meanwhile.</summary>
internal static class ProgramRun
{
    /// <summary>Arguments of which services take notice: a free port, and no log.</summary>
    private static readonly string[] Arguments = ["--urls=http://127.0.0.1:0", "--Logging:LogLevel:Default=None"];

    /// <summary>Returns the lines that a program prints.</summary>
    /// <param name="block">The program.</param>
    /// <param name="folder">The folder that it runs in.</param>
    internal static IReadOnlyList<string> Run(CodeBlock block, string folder)
    {
        (TextWriter console, string current, CultureInfo culture) = (Console.Out, Environment.CurrentDirectory, CultureInfo.CurrentCulture);
        using StringWriter output = new(CultureInfo.InvariantCulture);
        try
        {
            Console.SetOut(TextWriter.Synchronized(output));
            Environment.CurrentDirectory = folder;
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            Start(CodeBlockCompiler.Load(block.ThatEnds()).EntryPoint!);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
            Environment.CurrentDirectory = current;
            Console.SetOut(console);
        }

        return output.ToString().ReplaceLineEndings("\n").Split('\n')[..^1];
    }

    private static void Start(MethodInfo main)
    {
        try
        {
            main.Invoke(null, [Arguments]);
        }
        catch (TargetInvocationException e) when (e.InnerException is not null)
        {
            ExceptionDispatchInfo.Throw(e.InnerException);
        }
    }
}
