using Microsoft.ML.MobileNetV2.Fuzzing;
using SharpFuzz;

const string Usage = """
    Reads damaged files with every parser of Microsoft.ML.MobileNetV2. Build with -c Release.

    [--target all|<name>,<name>] [--iterations 10000] [--first 0] [--seed 20180113] [--folder fuzzing]
        A campaign: inputs that follow from the seed. Prints a line for each target. An exception that is not documented, a hang, or more than 256 MB
        beyond what an honest file needs is a finding: its input is kept in the folder, and the exit code is 1. After a crash, <target>.last in the
        folder holds the number of the input; --first <number> --iterations 1 makes it again.
    --target <name> --file <path>
        Reads one file, such as a finding.
    --target <name> --sharpfuzz libfuzzer|afl
        The entry point for libFuzzer or AFL, after sharpfuzz has instrumented the library.
    --list
        The names of the targets.
    """;

try
{
    FuzzArguments arguments = new(args);
    if (args is ["--help"] or ["--list"])
    {
        Console.WriteLine(args[0] == "--list" ? string.Join(Environment.NewLine, FuzzTargets.All.Keys) : Usage);
        return 0;
    }

    if (arguments.SharpFuzz is { } engine)
    {
        Fuzz(engine, FuzzTargets.All[arguments.Targets.Single()]());
        return 0;
    }

    if (arguments.File is { } path)
    {
        bool isRead = FuzzTargets.All[arguments.Targets.Single()]().TryRead(File.ReadAllBytes(path));
        Console.WriteLine(isRead ? "read" : "refused");
        return 0;
    }

    Directory.CreateDirectory(arguments.Folder);
    int findings = arguments.Targets.Sum(name => new Campaign(FuzzTargets.All[name](), arguments.Seed, arguments.Folder).Run(arguments.First, arguments.Iterations));
    return findings == 0 ? 0 : 1;
}
catch (ArgumentException e)
{
    Console.Error.WriteLine(e.Message);
    Console.Error.WriteLine(Usage);
    return 2;
}

static void Fuzz(string engine, FuzzTarget target)
{
    switch (engine)
    {
        case "libfuzzer":
            Fuzzer.LibFuzzer.Run(span => target.TryRead(span.ToArray()));
            break;
        case "afl":
            Fuzzer.OutOfProcess.Run(stream =>
            {
                using MemoryStream input = new();
                stream.CopyTo(input);
                target.TryRead(input.ToArray());
            });
            break;
        default:
            throw new ArgumentException($"'{engine}' is no engine; expected libfuzzer or afl.");
    }
}
