using Microsoft.ML.MobileNetV2.Tool.Shell;
using Microsoft.ML.MobileNetV2.Tool.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tool.Tests;

/// <summary>
/// What is wrong on the command line, or with a file that it names: the exit code and a message with the way out, nothing on the standard output, and
/// no file that was not there before. In arguments and messages, <c>{0}</c> stands for the folder that <see cref="Prepare"/> fills.
/// </summary>
[TestClass]
public sealed class WrongInputTests
{
    [TestMethod]
    [DataRow("", "Required command was not provided.", DisplayName = "no command")]
    [DataRow("fly", "Unrecognized command or argument 'fly'.\n'mobilenetv2 --help'", DisplayName = "unknown command")]
    [DataRow("trian {0} --model {0}/m.zip", "Unrecognized command or argument 'trian'. Did you mean 'train'?\n'mobilenetv2 --help'", DisplayName = "misspelled command")]
    [DataRow("help", "Unrecognized command or argument 'help'. Did you mean '--help'?\n", DisplayName = "a command of other programs")]
    [DataRow("train {0} --modle {0}/m.zip", "Unrecognized command or argument '--modle'. Did you mean '--model'?\n'mobilenetv2 train --help'", DisplayName = "train: misspelled option")]
    [DataRow("weights list --jsno", "Unrecognized command or argument '--jsno'. Did you mean '--json'?\n'mobilenetv2 weights list --help'", DisplayName = "weights list: misspelled option")]
    [DataRow("train {0} {0} --model {0}/m.zip", "Unrecognized command or argument '{0}'.\n", DisplayName = "train: two folders")]
    [DataRow("train {0} --model {0}/m.onnx", "--model is {0}/m.onnx; expected a .zip; 'mobilenetv2 export' makes ONNX of it.", DisplayName = "train: ONNX")]
    [DataRow("info --width 0", "--width is 0; expected more than 0, at most 16.", DisplayName = "info: width out of range")]
    [DataRow("info --width wide", "--width is 'wide'; expected a number such as 0.5.", DisplayName = "info: width that is no number")]
    [DataRow("info --size 31", "--size is 31; expected 32 to 4096.", DisplayName = "info: size out of range")]
    [DataRow("info --classes -1", "--classes is -1; expected at least 0.", DisplayName = "info: negative classes")]
    [DataRow("info {model} --width 1", "--width does not go with a model", DisplayName = "info: width with a model")]
    [DataRow("predict {model}", "Required argument 'images' missing for command: 'predict'.", DisplayName = "predict: no image")]
    [DataRow("predict {model} {0} --top 0", "--top is 0; expected at least 1.", DisplayName = "predict: no class")]
    [DataRow("export {model}", "Option '--onnx' is required.", DisplayName = "export: no output")]
    [DataRow("weights", "Required command was not provided.", DisplayName = "weights: no command")]
    [DataRow("weights verify {0}/text.zip --sha256 xyz", "--sha256 is xyz; expected 8 to 64 hexadecimal digits.", DisplayName = "weights verify: no hash")]
    [DataRow("train {0}", "Option '--model' is required.", DisplayName = "train: no output")]
    [DataRow("train {0} --model {0}/m.zip --validation-fraction 1", "--validation-fraction is 1; expected at least 0, below 1.", DisplayName = "train: everything held out")]
    [DataRow("train {0} --model {0}/m.zip --fine-tune none", "--fine-tune is none; expected a number of blocks from 1 on, or 'all'.", DisplayName = "train: blocks that are no number")]
    [DataRow("train {0} --model {0}/m.zip --epochs 0", "--epochs is 0; expected at least 1.", DisplayName = "train: no epoch")]
    [DataRow("train {0} --model {0}/m.zip --class-weights high", "--class-weights is high; expected 'balanced'.", DisplayName = "train: unknown class weights")]
    [DataRow("train {0} --model {0}/m.zip --size 5000", "--size is 5000; expected 32 to 4096.", DisplayName = "train: size out of range")]
    [DataRow("train {0} --model {0}/m.zip --continue-from {model} --size 64", "--continue-from and --size do not go together.", DisplayName = "train: size of a model that has one")]
    [DataRow("train {0} --model {0}/m.zip --validation {0} --validation-fraction 0.1", "--validation and --validation-fraction do not go together.", DisplayName = "train: two validation sets")]
    [DataRow("train {0} --model {0}/m.zip --calibrate --validation-fraction 0", "--calibrate needs images to measure with.", DisplayName = "train: nothing to calibrate with")]
    [DataRow("evaluate {model}", "Required argument 'folder' missing for command: 'evaluate'.", DisplayName = "evaluate: no folder")]
    [DataRow("evaluate {model} {0} --threshold 2", "--threshold is 2; expected 0 to 1.", DisplayName = "evaluate: threshold out of range")]
    [DataRow("compare {0} --sizes 64 16", "--sizes is 64 16; expected sizes of 32 to 4096.", DisplayName = "compare: size out of range")]
    [DataRow("clean {0} --similarity 0", "--similarity is 0; expected above 0, at most 1.", DisplayName = "clean: similarity out of range")]
    [DataRow("serve", "Required argument 'model' missing for command: 'serve'.", DisplayName = "serve: no model")]
    [DataRow("serve {model} --port 65536", "--port is 65536; expected 0 to 65535.", DisplayName = "serve: port out of range")]
    [DataRow("serve {model} --host example.com", "--host is example.com; expected an IP address", DisplayName = "serve: name as host")]
    [DataRow("serve {model} --max-upload-mb 0", "--max-upload-mb is 0; expected 1 to 1000.", DisplayName = "serve: no upload")]
    [DataRow("serve {model} --max-pixels 0", "--max-pixels is 0; expected at least 1.", DisplayName = "serve: no pixel")]
    [DataRow("serve {model} --max-concurrency 0", "--max-concurrency is 0; expected 1 to 1024.", DisplayName = "serve: no request")]
    [DataRow("featurize {0}", "Option '--output' is required.", DisplayName = "featurize: no output")]
    [DataRow("featurize {0} --output {0}/f.parquet --shard 5/4", "--shard is 5/4; expected two numbers such as 2/4", DisplayName = "featurize: shard 5 of 4")]
    [DataRow("featurize {0} --output {0}/f.parquet --size 31", "--size is 31; expected 32 to 4096.", DisplayName = "featurize: size out of range")]
    [DataRow("featurize {0} --output {0}/f.parquet --save-every 0", "--save-every is 0; expected 1 to 512.", DisplayName = "featurize: saving never")]
    [DataRow("merge {0}/f.parquet", "Required argument 'shards' missing for command: 'merge'.", DisplayName = "merge: no shard")]
    [DataRow("train --model {0}/m.zip", "There is nothing to train on. Give a folder of images, or --features.", DisplayName = "train: neither folder nor features")]
    [DataRow("train {0} --features {0}/f.parquet --model {0}/m.zip", "A folder and --features do not go together.", DisplayName = "train: folder and features")]
    [DataRow("train --features {0}/f.parquet --augment --model {0}/m.zip", "--features and --augment do not go together.", DisplayName = "train: views of features")]
    public async Task WrongUsage_EndsWithTwo(string arguments, string message) => AssertRefused(await RunAsync(arguments), ExitCode.WrongUsage, message);

    [TestMethod]
    [DataRow("info {0}/no.zip", "'{0}/no.zip' does not exist. Give a model", DisplayName = "info: no file")]
    [DataRow("info {0}", "'{0}' is a folder. Give a model", DisplayName = "info: a folder")]
    [DataRow("info {0}/text.zip", "'{0}/text.zip' is not a saved model that classifies images: ", DisplayName = "info: no .zip")]
    [DataRow("info {0}/foreign.zip", "'{0}/foreign.zip' is not a saved model that classifies images: ", DisplayName = "info: another .zip")]
    [DataRow("predict {0}/no.zip {0}", "'{0}/no.zip' does not exist. Give a model", DisplayName = "predict: no model")]
    [DataRow("predict {0}/foreign.zip {model}", "'{0}/foreign.zip' is not a saved model that classifies images: ", DisplayName = "predict: another .zip")]
    [DataRow("predict {model} {0}/no.png", "'{0}/no.png' does not exist. Give image files, or folders of images.", DisplayName = "predict: no image file")]
    [DataRow("predict {model} {0}/*.png", "'{0}/*.png' does not exist: '*' and '?' are not replaced, so give the folder. Give image files, or", DisplayName = "predict: a pattern")]
    [DataRow("predict {model} https://example.com/1.png", "'https://example.com/1.png' is an address, which is not read: save the file first. Give image", DisplayName = "predict: an address")]
    [DataRow("evaluate ~/m.zip {images}", "'~/m.zip' does not exist: '~' is not replaced, so write out the home folder. Give a model", DisplayName = "evaluate: a home folder")]
    [DataRow("predict {model} {0}/empty", "The folder '{0}/empty' has no images", DisplayName = "predict: empty folder")]
    [DataRow("export {0}/foreign.zip --onnx {0}/m.onnx", "'{0}/foreign.zip' is not a saved model that classifies images: ", DisplayName = "export: another .zip")]
    [DataRow("export {model} --onnx {0}", "'{0}' cannot be written: it is a folder.", DisplayName = "export: a folder as output")]
    [DataRow("export {model} --onnx {0}/no/m.onnx", "'{0}/no/m.onnx' cannot be written: its folder does not exist.", DisplayName = "export: no folder")]
    [DataRow("export {model} --onnx /proc/m.onnx", "'/proc/m.onnx' cannot be written: ", DisplayName = "export: a read-only place")]
    [DataRow("weights info nothing", "There are no weights 'nothing': it is no file and no name.", DisplayName = "weights info: unknown name")]
    [DataRow("weights info {0}/text.zip", "'{0}/text.zip'", DisplayName = "weights info: no weights")]
    [DataRow("weights download bundled", "'bundled' is part of the command already.", DisplayName = "weights download: bundled")]
    [DataRow("weights download nothing", "'nothing' is no name of the catalog.", DisplayName = "weights download: unknown name")]
    [DataRow("weights import {0}/no.pth --output {0}/w.safetensors", "{0}/no.pth", DisplayName = "weights import: no file")]
    [DataRow("weights import {0}/text.zip --output {0}/w.safetensors", "'{0}/text.zip'", DisplayName = "weights import: no weights")]
    [DataRow("weights verify {0}/text.zip", "'{0}/text.zip'", DisplayName = "weights verify: no weights")]
    [DataRow("train {0}/no --model {0}/m.zip", "{0}/no", DisplayName = "train: no folder")]
    [DataRow("train {0}/empty --model {0}/m.zip", "{0}/empty", DisplayName = "train: empty folder")]
    [DataRow("train {0}/one --model {0}/m.zip", "'{0}/one' has only one class, 'cat'.", DisplayName = "train: one class")]
    [DataRow("train {0}/broken --model {0}/m.zip --validation-fraction 0 --weights bundled-small --json", "'{0}/broken/", DisplayName = "train: no image can be read")]
    [DataRow("train {0}/one-broken --model {0}/m.zip --weights bundled-small --json", "'{0}/one-broken' has too little to train on: only images of 'cat' can be read.", DisplayName = "train: images of one class can be read")]
    [DataRow("train {0}/copies --model {0}/m.zip --weights bundled-small --size 32", "No image can be set apart to measure with: the 2 images of the class 'blue' are copies of one, the 2 images of the class 'red' are", DisplayName = "train: each class is one image, twice")]
    [DataRow("train {0}/broken --validation {0}/other --model {0}/m.zip", "The classes of '{0}/other' (fish) are none of those of '{0}/broken' (cat, dog).", DisplayName = "train: other classes to measure with")]
    [DataRow("train {0}/broken --model {0}", "'{0}' cannot be written: it is a folder.", DisplayName = "train: a folder as output")]
    [DataRow("train {0}/broken --model {0}/no/m.zip", "'{0}/no/m.zip' cannot be written: its folder does not exist.", DisplayName = "train: no folder to write to")]
    [DataRow("train {0}/broken --model /proc/m.zip", "'/proc/m.zip' cannot be written: ", DisplayName = "train: a read-only place")]
    [DataRow("train {0}/broken --model {0}/m.zip --weights nothing", "There are no weights 'nothing'", DisplayName = "train: unknown weights")]
    [DataRow("train {0}/broken --model {0}/m.zip --weights {0}/text.zip", "'{0}/text.zip'", DisplayName = "train: no weights")]
    [DataRow("train {0}/broken --model {0}/m.zip --continue-from {0}/no.zip", "'{0}/no.zip' does not exist. Give a model", DisplayName = "train: no model to go on from")]
    [DataRow("train {0}/broken --model {0}/m.zip --continue-from {0}/foreign.zip", "'{0}/foreign.zip' is not a saved model", DisplayName = "train: another .zip to go on from")]
    [DataRow("train {0}/broken --model {0}/m.zip --labels {0}/no.csv", "{0}/no.csv", DisplayName = "train: no list")]
    [DataRow("train {0}/broken --model {0}/m.zip --run-folder {0}/text.zip", "The folder '{0}/text.zip' cannot be created: ", DisplayName = "train: a file as run folder")]
    [DataRow("evaluate {0}/foreign.zip {0}", "'{0}/foreign.zip' is not a saved model that classifies images: ", DisplayName = "evaluate: another .zip")]
    [DataRow("evaluate {model} {0}/no", "{0}/no", DisplayName = "evaluate: no folder")]
    [DataRow("evaluate {model} {0}/empty", "{0}/empty", DisplayName = "evaluate: empty folder")]
    [DataRow("evaluate {model} {0}/one --report {0}", "'{0}' cannot be written: it is a folder.", DisplayName = "evaluate: a folder as report")]
    [DataRow("compare {0}/one --weights nothing", "There are no weights 'nothing'", DisplayName = "compare: unknown weights")]
    [DataRow("evaluate {model} {0}/text.zip", "'{0}/text.zip' is a file. Give a folder of images", DisplayName = "evaluate: a file as folder")]
    [DataRow("evaluate {model} {0}/one --labels {0}/no.csv", "'{0}/no.csv' does not exist. Give a CSV file with a path and a label in each line as --labels.", DisplayName = "evaluate: no list")]
    [DataRow("evaluate {model} {0}/one --labels {0}/empty", "'{0}/empty' is a folder. Give a CSV file", DisplayName = "evaluate: a folder as list")]
    [DataRow("evaluate {model} {0}/one --labels {model}", "is no text; expected a CSV file with the path of an image and a label in each line.", DisplayName = "evaluate: a model as list")]
    [DataRow("evaluate {model} {0}/one --labels {0}/zero.zip", "'{0}/zero.zip' lists no image that can be used; expected a path and a label in each line.", DisplayName = "evaluate: an empty list")]
    [DataRow("evaluate {0}/cut.zip {0}/one", "'{0}/cut.zip' is not a saved model that classifies images: it does not end as a .zip file does. Copy or download the file again.", DisplayName = "evaluate: a model that is cut off")]
    [DataRow("info {0}/cut.zip", "'{0}/cut.zip' is not a saved model", DisplayName = "info: a model that is cut off")]
    [DataRow("info {0}/zero.zip", "'{0}/zero.zip' is empty", DisplayName = "info: an empty file")]
    [DataRow("serve {0}/cut.zip --port 0", "error: '{0}/cut.zip' is not a saved model", DisplayName = "serve: a model that is cut off")]
    [DataRow("serve {0}/empty", "'{0}/empty' is a folder. Give a model", DisplayName = "serve: a folder")]
    [DataRow("export {0}/cut.zip --onnx {0}/m.onnx", "'{0}/cut.zip' is not a saved model", DisplayName = "export: a model that is cut off")]
    [DataRow("export {model} --onnx /sys/m.onnx", "'/sys/m.onnx' cannot be written: ", DisplayName = "export: a place that is write-protected")]
    [DataRow("predict {0}/cut.zip {0}", "'{0}/cut.zip' is not a saved model", DisplayName = "predict: a model that is cut off")]
    [DataRow("predict {model} {images} --explain {0}/text.zip", "The folder '{0}/text.zip' cannot be created: there is a file of that name.", DisplayName = "predict: a file as folder to write to")]
    [DataRow("weights verify {0}/no.pth", "'{0}/no.pth' does not exist. Give a safetensors, PyTorch, Keras or ONNX file.", DisplayName = "weights verify: no file")]
    [DataRow("weights verify {0}/empty", "'{0}/empty' is a folder. Give a safetensors", DisplayName = "weights verify: a folder")]
    [DataRow("weights info {0}/empty", "'{0}/empty' is a folder. Give a safetensors", DisplayName = "weights info: a folder")]
    [DataRow("weights import {0}/empty --output {0}/w.safetensors", "'{0}/empty' is a folder. Give a safetensors", DisplayName = "weights import: a folder")]
    [DataRow("weights import {model} --output {0}/w.safetensors", "it is a model saved by ML.NET, not weights.", DisplayName = "weights import: a model")]
    [DataRow("compare {0}/text.zip", "'{0}/text.zip' is a file. Give a folder of images", DisplayName = "compare: a file")]
    [DataRow("compare {0}/one --weights {model}", "it is a model saved by ML.NET, not weights.", DisplayName = "compare: a model as weights")]
    [DataRow("compare {0}/broken --plot {0}", "'{0}' cannot be written: it is a folder.", DisplayName = "compare: a folder as plot")]
    [DataRow("compare {0}/empty", "{0}/empty", DisplayName = "compare: empty folder")]
    [DataRow("compare {0}/copies --weights bundled-small --sizes 32", "No image can be set apart to measure with: the 2 images of the class 'blue' are copies of one, the 2 images of the class 'red' are", DisplayName = "compare: each class is one image, twice")]
    [DataRow("compare {0}/one", "'{0}/one' has only one class, 'cat'.", DisplayName = "compare: one class")]
    [DataRow("clean {0}/no", "{0}/no", DisplayName = "clean: no folder")]
    [DataRow("serve {0}/no.zip", "'{0}/no.zip' does not exist. Give a model", DisplayName = "serve: no file")]
    [DataRow("serve {0}/foreign.zip --port 0", "'{0}/foreign.zip' is not a saved model that classifies images: ", DisplayName = "serve: another .zip")]
    [DataRow("featurize {0}/no --output {0}/f.parquet", "'{0}/no' does not exist. Give a folder of images.", DisplayName = "featurize: no folder")]
    [DataRow("featurize {0}/text.zip --output {0}/f.parquet", "'{0}/text.zip' is a file. Give a folder of images.", DisplayName = "featurize: a file")]
    [DataRow("featurize {0}/empty --output {0}/f.parquet", "The folder '{0}/empty' has no images", DisplayName = "featurize: empty folder")]
    [DataRow("featurize {images} --output {0}", "'{0}' cannot be written: it is a folder.", DisplayName = "featurize: a folder as output")]
    [DataRow("featurize {images} --output /proc/f.parquet", "'/proc/f.parquet' cannot be written: ", DisplayName = "featurize: a read-only place")]
    [DataRow("featurize {images} --output {0}/f.parquet --weights nothing", "There are no weights 'nothing'", DisplayName = "featurize: unknown weights")]
    [DataRow("merge {0}/f.parquet {0}/no.parquet", "'{0}/no.parquet' does not exist. Give a file that 'mobilenetv2 featurize' wrote.", DisplayName = "merge: no file")]
    [DataRow("merge {0}/f.parquet {0}/empty", "'{0}/empty' is a folder. Give a file", DisplayName = "merge: a folder")]
    [DataRow("merge {0}/f.parquet {0}/text.zip", "'{0}/text.zip' is not a file that 'mobilenetv2 featurize' wrote, or is damaged: ", DisplayName = "merge: not a Parquet file")]
    [DataRow("train --features {0}/no.parquet --model {0}/m.zip", "'{0}/no.parquet' does not exist. Give a file that 'mobilenetv2 featurize' wrote.", DisplayName = "train: no features")]
    [DataRow("train --features {0}/text.zip --model {0}/m.zip", "'{0}/text.zip' is not a file that 'mobilenetv2 featurize' wrote", DisplayName = "train: no feature file")]
    public async Task UnusableFiles_EndWithOne(string arguments, string message) => AssertRefused(await RunAsync(arguments), ExitCode.Failed, message);

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows, IgnoreMessage = "Links need a right there.")]
    [DataRow("info {0}", DisplayName = "info")]
    [DataRow("predict {0} {images}", DisplayName = "predict")]
    [DataRow("predict {model} {0}", DisplayName = "predict: an image")]
    [DataRow("predict {model} {images} {0}", DisplayName = "predict: an image behind others")]
    [DataRow("train {0} --model no.zip", DisplayName = "train")]
    [DataRow("train --features {0} --model no.zip", DisplayName = "train: features")]
    [DataRow("featurize {0} --output no.parquet", DisplayName = "featurize")]
    [DataRow("merge no.parquet {0}", DisplayName = "merge")]
    [DataRow("clean {0}", DisplayName = "clean")]
    [DataRow("evaluate {0} {images}", DisplayName = "evaluate")]
    [DataRow("evaluate {model} {images} --labels {0}", DisplayName = "evaluate: a list")]
    [DataRow("evaluate {model} {images} --report {0}", true, DisplayName = "evaluate: a report")]
    [DataRow("export {0} --onnx no.onnx", DisplayName = "export")]
    [DataRow("export {model} --onnx {0}", true, DisplayName = "export: an output")]
    [DataRow("serve {0} --port 0", DisplayName = "serve")]
    [DataRow("weights verify {0}", DisplayName = "weights verify")]
    [DataRow("weights info {0}", DisplayName = "weights info")]
    [DataRow("compare {images} --weights {0}", DisplayName = "compare")]
    public async Task LinkThatLeadsNowhere_IsNamedWithTheWayOut(string arguments, bool isOutput = false)
    {
        using TemporaryFolder folder = new();
        foreach (string target in isOutput ? (string[])["loop.zip"] : ["loop.zip", "deleted.zip"])
        {
            string link = folder.PathOf("loop.zip");
            File.CreateSymbolicLink(link, target);

            ToolRun run = await ToolRun.StartAsync([.. arguments.Split(' ').Select(word => Fill(word, link))]);

            AssertRefused((run, link), ExitCode.Failed, $"'{{0}}' is a link to '{target}', which leads to no file.");
            Assert.HasCount(1, run.ErrorLines);
            File.Delete(link);
        }
    }

    [TestMethod]
    [DataRow("evaluate {model} {0} --report {0}/few/00.png", DisplayName = "evaluate: an image")]
    [DataRow("evaluate {model} {0} --labels {0}/list.csv --report {0}/list.csv", DisplayName = "evaluate: a list")]
    [DataRow("compare {0} --weights bundled-small --plot {0}/few/00.png", DisplayName = "compare: an image")]
    [DataRow("compare {0} --weights bundled-small {0}/w.safetensors --plot {0}/w.safetensors", DisplayName = "compare: weights")]
    [DataRow("train {0} --model {0}/few/00.png", DisplayName = "train: an image")]
    [DataRow("train {0} --validation {0} --model {0}/few/../few/00.png", DisplayName = "train: an image to measure with")]
    [DataRow("train {0} --labels {0}/list.csv --model {0}/list.csv", DisplayName = "train: a list")]
    [DataRow("train {0} --weights {0}/w.safetensors --model {0}/w.safetensors", DisplayName = "train: weights")]
    [DataRow("featurize {0} --output {0}/few/00.png", DisplayName = "featurize: an image")]
    [DataRow("featurize {0} --shard 1/100000 --output {0}/few/00.png", DisplayName = "featurize: an image of another shard")]
    [DataRow("featurize {0} --weights {0}/w.safetensors --output {0}/w.safetensors", DisplayName = "featurize: weights")]
    [DataRow("weights import {0}/w.safetensors --output {0}/w.safetensors", DisplayName = "weights import: weights")]
    public async Task OutputOverAnInput_IsRefused(string arguments)
    {
        using TemporaryFolder folder = new();
        string images = LabeledImages.Write(folder);
        WeightsFile.Save(MobileNetV2Weights.BundledSmall, Path.Combine(images, "w.safetensors"));
        File.WriteAllText(Path.Combine(images, "list.csv"), "path,label\nfew/00.png,few\nmany/02.png,many\n");
        string input = Path.GetFullPath(Fill(arguments.Split(' ')[^1], images));
        byte[] before = File.ReadAllBytes(input);

        ToolRun run = await ToolRun.StartAsync([.. arguments.Split(' ').Select(word => Fill(word, images))]);

        AssertRefused((run, images), ExitCode.WrongUsage, $"'{arguments.Split(' ')[^1]}' is read by the command, and cannot be written too.");
        Assert.AreSequenceEqual(before, File.ReadAllBytes(input));
    }

    [TestMethod]
    [DataRow("predict {model} {images} --tpo 3", "There is no option '--tpo'.", DisplayName = "predict")]
    [DataRow("evaluate --modell {model}", "There is no option '--modell'.", DisplayName = "evaluate")]
    [DataRow("clean -x", "There is no option '-x'.", DisplayName = "clean")]
    public async Task MisspelledOption_IsWrongUsage(string arguments, string message) => AssertRefused(await RunAsync(arguments), ExitCode.WrongUsage, message);

    private static async Task<(ToolRun Run, string Folder)> RunAsync(string arguments)
    {
        using TemporaryFolder folder = new();
        Prepare(folder);
        string[] before = folder.Files();

        ToolRun run = await ToolRun.StartAsync([.. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => Fill(word, folder.Path))]);

        Assert.AreSequenceEqual(before, folder.Files(), "files");
        return (run, folder.Path);
    }

    private static void Prepare(TemporaryFolder folder)
    {
        folder.Write("text.zip", "This is no .zip file.");
        Directory.CreateDirectory(folder.PathOf("empty"));
        folder.Write("zero.zip", string.Empty);
        File.WriteAllBytes(folder.PathOf("cut.zip"), File.ReadAllBytes(SavedModels.Multiclass)[..100_000]);
        folder.Write("one/cat/1.png", "This is no image.");
        folder.Write("broken/cat/1.png", "This is no image.");
        folder.Write("broken/dog/1.png", "This is no image.");
        folder.Write("other/fish/1.png", "This is no image.");
        folder.Write("one-broken/dog/1.png", "This is no image.");
        Directory.CreateDirectory(folder.PathOf("one-broken", "cat"));
        File.WriteAllBytes(folder.PathOf("one-broken", "cat", "1.png"), DrawnImages.Draw("red", 1));
        foreach (string color in (string[])["red", "blue"])
        {
            Directory.CreateDirectory(folder.PathOf("copies", color));
            File.WriteAllBytes(folder.PathOf("copies", color, "1.png"), DrawnImages.Draw(color, 1));
            File.WriteAllBytes(folder.PathOf("copies", color, "2.png"), DrawnImages.Draw(color, 1));
        }

        folder.Write("archive/readme.txt", "This is no model.");
        System.IO.Compression.ZipFile.CreateFromDirectory(folder.PathOf("archive"), folder.PathOf("foreign.zip"));
    }

    private static string Fill(string text, string folder) =>
        text.Replace("{0}", folder, StringComparison.Ordinal).Replace("{model}", SavedModels.Multiclass, StringComparison.Ordinal)
            .Replace("{images}", SavedModels.Images, StringComparison.Ordinal);

    private static void AssertRefused((ToolRun Run, string Folder) result, int exitCode, string message)
    {
        Assert.Contains(Fill(message, result.Folder), result.Run.Error);
        Assert.AreEqual((exitCode, string.Empty), (result.Run.ExitCode, result.Run.Output), result.Run.Error);
        Assert.AreEqual(string.Join('\n', result.Run.ErrorLines) + "\n", result.Run.Error, "no blank lines");
        Assert.DoesNotContain("defect", result.Run.Error);
        Assert.DoesNotContain("   at ", result.Run.Error, "a stack");
    }
}
